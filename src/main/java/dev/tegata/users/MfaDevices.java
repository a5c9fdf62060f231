package dev.tegata.users;

import dev.tegata.authentication.MfaDevice;
import dev.tegata.authentication.MfaDevice.Assignment;
import dev.tegata.authentication.SecondFactors;
import dev.tegata.authentication.SecondFactors.ConsecutiveCodes;
import dev.tegata.authorization.Call;
import dev.tegata.aws.IamError.EntityAlreadyExists;
import dev.tegata.aws.IamError.InvalidAuthenticationCode;
import dev.tegata.aws.IamError.LimitExceeded;
import dev.tegata.aws.IamError.NoSuchEntity;
import dev.tegata.aws.QueryOperation;
import dev.tegata.aws.Refusal;
import dev.tegata.entity.IdentityAccess;
import dev.tegata.entity.IdentityAccess.Asked;
import dev.tegata.entity.IdentityKind;
import dev.tegata.entity.Page;
import dev.tegata.entity.Page.Wanted;
import dev.tegata.store.Change;
import dev.tegata.store.Entity.User;
import dev.tegata.store.Identities;
import dev.tegata.store.IdentityStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.iam.model.DeactivateMfaDeviceRequest;
import software.amazon.awssdk.services.iam.model.DeactivateMfaDeviceResponse;
import software.amazon.awssdk.services.iam.model.EnableMfaDeviceRequest;
import software.amazon.awssdk.services.iam.model.EnableMfaDeviceResponse;
import software.amazon.awssdk.services.iam.model.GetMfaDeviceRequest;
import software.amazon.awssdk.services.iam.model.GetMfaDeviceResponse;
import software.amazon.awssdk.services.iam.model.ListMfaDevicesRequest;
import software.amazon.awssdk.services.iam.model.ListMfaDevicesResponse;
import software.amazon.awssdk.services.iam.model.MFADevice;
import software.amazon.awssdk.services.iam.model.ResyncMfaDeviceRequest;
import software.amazon.awssdk.services.iam.model.ResyncMfaDeviceResponse;

/// The multi-factor devices that users have enabled, eight each: virtual ones, of which a user
/// shows two codes that follow each other.
///
/// The sentence about a device that is somebody's already is our own.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_EnableMFADevice.html>
public final class MfaDevices {
  private static final int MAX_DEVICES = 8;

  private final IdentityStore store;
  private final IdentityAccess<User> users;
  private final SecondFactors factors;

  public MfaDevices(IdentityStore store, SecondFactors factors) {
    this.store = store;
    this.users = new IdentityAccess<>(store, IdentityKind.USER);
    this.factors = factors;
  }

  /// A device, and whose it is.
  private record Owned(MfaDevice device, Assignment assignment) {}

  public List<QueryOperation<Call, ?, ?>> operations() {
    return List.of(
        QueryOperation.of("EnableMFADevice", EnableMfaDeviceRequest::builder, this::enable),
        QueryOperation.of("ListMFADevices", ListMfaDevicesRequest::builder, this::list),
        QueryOperation.of("GetMFADevice", GetMfaDeviceRequest::builder, this::get),
        QueryOperation.of("ResyncMFADevice", ResyncMfaDeviceRequest::builder, this::resync),
        QueryOperation.of(
            "DeactivateMFADevice", DeactivateMfaDeviceRequest::builder, this::deactivate));
  }

  private EnableMfaDeviceResponse enable(EnableMfaDeviceRequest request, Call call) {
    Asked asked = Asked.of(call, "iam:EnableMFADevice", request.userName());
    users.require(asked);
    ConsecutiveCodes codes =
        new ConsecutiveCodes(request.authenticationCode1(), request.authenticationCode2());
    return store.change(change -> {
      User user = users.find(change.now(), asked);
      MfaDevice device = MfaDeviceAccess.find(change.now(), call, request.serialNumber());
      if (device.assigned().isPresent()) {
        throw new Refusal(
            new EntityAlreadyExists(
                "MFA device %s is already in use.".formatted(request.serialNumber())));
      }
      List<String> names = new ArrayList<>(user.credentials().mfaDevices());
      if (names.size() >= MAX_DEVICES) {
        throw new Refusal(
            new LimitExceeded("Cannot exceed quota for MFADevicesPerUser: " + MAX_DEVICES));
      }
      factors
          .enabled(device, user, codes, call.time())
          .orElseThrow(MfaDevices::notValid)
          .put(change);
      names.add(device.name());
      change.put(user.withCredentials(user.credentials().withMfaDevices(names)));
      return EnableMfaDeviceResponse.builder().build();
    });
  }

  private static Refusal notValid() {
    return new Refusal(
        new InvalidAuthenticationCode("Authentication code for device is not valid."));
  }

  private ListMfaDevicesResponse list(ListMfaDevicesRequest request, Call call) {
    Identities now = store.now();
    User user = users.read(Users.asked("iam:ListMFADevices", request.userName(), call));
    Page<MFADevice> page =
        Page.inOrder(
            user.credentials().mfaDevices().stream()
                .flatMap(name -> MfaDevice.named(now, user.account(), name).stream())
                .flatMap(device -> owned(device, user).stream())
                .map(owned -> listed(owned, user))
                .toList(),
            new Wanted(request.marker(), request.maxItems()));
    return ListMfaDevicesResponse.builder()
        .mfaDevices(page.items())
        .isTruncated(page.isTruncated())
        .marker(page.marker())
        .build();
  }

  private static MFADevice listed(Owned owned, User user) {
    return MFADevice.builder()
        .userName(user.name())
        .serialNumber(owned.device.arn().toString())
        .enableDate(owned.assignment.since())
        .build();
  }

  private GetMfaDeviceResponse get(GetMfaDeviceRequest request, Call call) {
    User user = users.read(Users.asked("iam:GetMFADevice", request.userName(), call));
    Owned owned = owned(store.now(), user, request.serialNumber());
    return GetMfaDeviceResponse.builder()
        .userName(user.name())
        .serialNumber(owned.device.arn().toString())
        .enableDate(owned.assignment.since())
        .certifications(Map.of())
        .build();
  }

  private ResyncMfaDeviceResponse resync(ResyncMfaDeviceRequest request, Call call) {
    Asked asked = Asked.of(call, "iam:ResyncMFADevice", request.userName());
    users.require(asked);
    ConsecutiveCodes codes =
        new ConsecutiveCodes(request.authenticationCode1(), request.authenticationCode2());
    return store.change(change -> {
      User user = users.find(change.now(), asked);
      Owned owned = owned(change.now(), user, request.serialNumber());
      factors
          .inStep(owned.device, owned.assignment, codes, call.time())
          .orElseThrow(MfaDevices::notValid)
          .put(change);
      return ResyncMfaDeviceResponse.builder().build();
    });
  }

  private DeactivateMfaDeviceResponse deactivate(DeactivateMfaDeviceRequest request, Call call) {
    Asked asked = Users.asked("iam:DeactivateMFADevice", request.userName(), call);
    users.require(asked);
    return store.change(change -> {
      User user = users.find(change.now(), asked);
      MfaDevice device = owned(change.now(), user, request.serialNumber()).device;
      device.ofNobody().put(change);
      change.put(
          user.withCredentials(
              user.credentials()
                  .withMfaDevices(
                      user.credentials().mfaDevices().stream()
                          .filter(name -> !name.equals(device.name()))
                          .toList())));
      return DeactivateMfaDeviceResponse.builder().build();
    });
  }

  /// Makes the devices of a user who goes those of nobody.
  public static void release(User user, Change change) {
    user.credentials().mfaDevices().stream()
        .flatMap(name -> MfaDevice.named(change.now(), user.account(), name).stream())
        .forEach(device -> device.ofNobody().put(change));
  }

  private static Owned owned(Identities now, User user, String serialNumber) {
    return MfaDevice.find(now, user.account(), serialNumber)
        .flatMap(device -> owned(device, user))
        .orElseThrow(() -> new Refusal(new NoSuchEntity("MFA Device invalid for user.")));
  }

  private static Optional<Owned> owned(MfaDevice device, User user) {
    return device
        .assigned()
        .filter(assignment -> assignment.user().equals(user.id()))
        .map(assignment -> new Owned(device, assignment));
  }
}
