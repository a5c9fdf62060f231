package dev.tegata.users;

import dev.tegata.authentication.MfaDevice;
import dev.tegata.authorization.Call;
import dev.tegata.aws.QueryOperation;
import dev.tegata.entity.ContextKeys;
import dev.tegata.entity.IdentityAccess.Asked;
import dev.tegata.entity.Page;
import dev.tegata.entity.Page.Wanted;
import dev.tegata.entity.TagRules;
import dev.tegata.store.IdentityStore;
import java.util.List;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.iam.model.ListMfaDeviceTagsRequest;
import software.amazon.awssdk.services.iam.model.ListMfaDeviceTagsResponse;
import software.amazon.awssdk.services.iam.model.Tag;
import software.amazon.awssdk.services.iam.model.TagMfaDeviceRequest;
import software.amazon.awssdk.services.iam.model.TagMfaDeviceResponse;
import software.amazon.awssdk.services.iam.model.UntagMfaDeviceRequest;
import software.amazon.awssdk.services.iam.model.UntagMfaDeviceResponse;

/// The tags of virtual multi-factor devices, whose keys may differ in case alone.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_TagMFADevice.html>
public final class MfaDeviceTags {
  private final IdentityStore store;
  private final MfaDeviceAccess devices;

  public MfaDeviceTags(IdentityStore store) {
    this.store = store;
    this.devices = new MfaDeviceAccess(store);
  }

  public List<QueryOperation<Call, ?, ?>> operations() {
    return List.of(
        QueryOperation.of("TagMFADevice", TagMfaDeviceRequest::builder, this::tag),
        QueryOperation.of("UntagMFADevice", UntagMfaDeviceRequest::builder, this::untag),
        QueryOperation.of("ListMFADeviceTags", ListMfaDeviceTagsRequest::builder, this::list));
  }

  private TagMfaDeviceResponse tag(TagMfaDeviceRequest request, Call call) {
    TagRules rules = TagRules.MFA_DEVICE;
    ContextKeys context = new ContextKeys().requestTags(rules.read(request.tags()));
    change(
        new Asked(call, "iam:TagMFADevice", request.serialNumber(), context),
        device -> device.withTags(rules.add(device.tags(), request.tags())));
    return TagMfaDeviceResponse.builder().build();
  }

  private UntagMfaDeviceResponse untag(UntagMfaDeviceRequest request, Call call) {
    ContextKeys context = new ContextKeys().tagKeys(request.tagKeys());
    change(
        new Asked(call, "iam:UntagMFADevice", request.serialNumber(), context),
        device -> device.withTags(TagRules.MFA_DEVICE.remove(device.tags(), request.tagKeys())));
    return UntagMfaDeviceResponse.builder().build();
  }

  private void change(Asked asked, UnaryOperator<MfaDevice> edit) {
    devices.require(asked);
    store.change(change -> {
      MfaDevice device = edit.apply(MfaDeviceAccess.find(change.now(), asked));
      device.put(change);
      return device;
    });
  }

  private ListMfaDeviceTagsResponse list(ListMfaDeviceTagsRequest request, Call call) {
    MfaDevice device =
        devices.read(Asked.of(call, "iam:ListMFADeviceTags", request.serialNumber()));
    Page<Tag> page =
        Page.inOrder(
            TagRules.write(device.tags()), new Wanted(request.marker(), request.maxItems()));
    return ListMfaDeviceTagsResponse.builder()
        .tags(page.items())
        .isTruncated(page.isTruncated())
        .marker(page.marker())
        .build();
  }
}
