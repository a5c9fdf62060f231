package dev.tegata.users;

import dev.tegata.arn.Arn;
import dev.tegata.authentication.MfaDevice;
import dev.tegata.authentication.MfaDevice.Assignment;
import dev.tegata.authentication.MfaDevice.WrongCodes;
import dev.tegata.authentication.SecondFactors;
import dev.tegata.authorization.Call;
import dev.tegata.authorization.Call.Access;
import dev.tegata.aws.CommonError.ValidationError;
import dev.tegata.aws.IamError.DeleteConflict;
import dev.tegata.aws.IamError.EntityAlreadyExists;
import dev.tegata.aws.IamError.LimitExceeded;
import dev.tegata.aws.QueryOperation;
import dev.tegata.aws.Refusal;
import dev.tegata.credentials.Base32;
import dev.tegata.credentials.QrCode;
import dev.tegata.entity.ContextKeys;
import dev.tegata.entity.IdentityAccess.Asked;
import dev.tegata.entity.Page;
import dev.tegata.entity.Page.Wanted;
import dev.tegata.entity.TagRules;
import dev.tegata.http.PercentEncoding;
import dev.tegata.store.Change;
import dev.tegata.store.IdentityStore;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.iam.model.AssignmentStatusType;
import software.amazon.awssdk.services.iam.model.CreateVirtualMfaDeviceRequest;
import software.amazon.awssdk.services.iam.model.CreateVirtualMfaDeviceResponse;
import software.amazon.awssdk.services.iam.model.DeleteVirtualMfaDeviceRequest;
import software.amazon.awssdk.services.iam.model.DeleteVirtualMfaDeviceResponse;
import software.amazon.awssdk.services.iam.model.ListVirtualMfaDevicesRequest;
import software.amazon.awssdk.services.iam.model.ListVirtualMfaDevicesResponse;
import software.amazon.awssdk.services.iam.model.VirtualMFADevice;

/// The virtual multi-factor devices of an account: seeds for authenticator apps, told once. One is
/// of nobody until a user [enables][MfaDevices] it.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateVirtualMFADevice.html>
public final class VirtualMfaDevices {
  private static final int MAX_DEVICES = 5000;

  /// A longer serial number, or one of other characters, could not be named in any other request.
  private static final int MAX_SERIAL_NUMBER = 256;

  private static final Pattern SERIAL_NUMBER = Pattern.compile("[\\w+=/:,.@-]+");

  private final IdentityStore store;
  private final MfaDeviceAccess devices;
  private final SecondFactors factors;
  private final RandomGenerator random;

  /// Seeds are drawn from `random`.
  public VirtualMfaDevices(IdentityStore store, SecondFactors factors, RandomGenerator random) {
    this.store = store;
    this.devices = new MfaDeviceAccess(store);
    this.factors = factors;
    this.random = random;
  }

  public List<QueryOperation<Call, ?, ?>> operations() {
    return List.of(
        QueryOperation.of(
            "CreateVirtualMFADevice", CreateVirtualMfaDeviceRequest::builder, this::create),
        QueryOperation.of(
            "ListVirtualMFADevices", ListVirtualMfaDevicesRequest::builder, this::list),
        QueryOperation.of(
            "DeleteVirtualMFADevice", DeleteVirtualMfaDeviceRequest::builder, this::delete));
  }

  private CreateVirtualMfaDeviceResponse create(CreateVirtualMfaDeviceRequest request, Call call) {
    String name = Objects.requireNonNullElse(request.path(), "/") + request.virtualMFADeviceName();
    Arn arn = Arn.iam(call.account(), "mfa" + name);
    SequencedMap<String, String> tags = TagRules.MFA_DEVICE.read(request.tags());
    ContextKeys context = new ContextKeys().requestTags(tags);
    call.require(new Access("iam:CreateVirtualMFADevice", arn, context.toMap()));
    if (!tags.isEmpty()) {
      call.require(new Access("iam:TagMFADevice", arn, context.toMap()));
    }
    requireNameable(arn.toString());
    byte[] seed = SecondFactors.newSeed(random);
    MfaDevice device =
        new MfaDevice(call.account(), name, factors.seal(seed), tags, null, WrongCodes.NONE);
    store.change(change -> add(change, device));
    String letters = Base32.encode(seed);
    return CreateVirtualMfaDeviceResponse.builder()
        .virtualMFADevice(answer -> {
          answer
              .serialNumber(arn.toString())
              .base32StringSeed(SdkBytes.fromUtf8String(letters))
              .qrCodePNG(
                  SdkBytes.fromByteArray(
                      QrCode.png(uri(request.virtualMFADeviceName(), letters, call))));
          if (!tags.isEmpty()) {
            answer.tags(TagRules.write(tags));
          }
        })
        .build();
  }

  private static void requireNameable(String serialNumber) {
    if (serialNumber.length() > MAX_SERIAL_NUMBER) {
      throw new Refusal(
          new ValidationError(
              "path and name make a serial number of more than %d characters"
                  .formatted(MAX_SERIAL_NUMBER)));
    }
    if (!SERIAL_NUMBER.matcher(serialNumber).matches()) {
      throw new Refusal(
          new ValidationError(
              "path and name make the serial number `%s`, which no request could name: it must match %s"
                  .formatted(serialNumber, SERIAL_NUMBER)));
    }
  }

  private static MfaDevice add(Change change, MfaDevice device) {
    if (MfaDevice.named(change.now(), device.account(), device.name()).isPresent()) {
      throw new Refusal(
          new EntityAlreadyExists("MFADevice entity at the same path and name already exists."));
    }
    if (MfaDevice.count(change.now(), device.account()) >= MAX_DEVICES) {
      throw new Refusal(
          new LimitExceeded("Cannot exceed quota for MFADevicesPerAccount: " + MAX_DEVICES));
    }
    device.put(change);
    return device;
  }

  /// What authenticator apps read in the QR code.
  private String uri(String name, String seed, Call call) {
    String account = store.now().alias(call.account()).orElse(call.account().digits());
    return "otpauth://totp/%s@%s?secret=%s".formatted(PercentEncoding.encode(name), account, seed);
  }

  /// A page may have fewer devices than it was asked for, where not all are wanted.
  private ListVirtualMfaDevicesResponse list(ListVirtualMfaDevicesRequest request, Call call) {
    call.require(new Access("iam:ListVirtualMFADevices", Arn.iam(call.account(), "mfa/")));
    Page<MfaDevice> page =
        Page.read(
            slice -> MfaDevice.list(store.now(), call.account(), slice),
            "/",
            MfaDevice::name,
            new Wanted(request.marker(), request.maxItems()));
    return ListVirtualMfaDevicesResponse.builder()
        .virtualMFADevices(
            page.items().stream()
                .filter(device -> isWanted(device, request.assignmentStatus()))
                .map(this::listed)
                .toList())
        .isTruncated(page.isTruncated())
        .marker(page.marker())
        .build();
  }

  private static boolean isWanted(MfaDevice device, AssignmentStatusType status) {
    return switch (status) {
      case ASSIGNED -> device.assigned().isPresent();
      case UNASSIGNED -> device.assigned().isEmpty();
      case null, default -> true;
    };
  }

  private VirtualMFADevice listed(MfaDevice device) {
    VirtualMFADevice.Builder answer =
        VirtualMFADevice.builder()
            .serialNumber(device.arn().toString())
            .enableDate(device.assigned().map(Assignment::since).orElse(null));
    device
        .assigned()
        .map(Assignment::user)
        .flatMap(store.now()::user)
        .ifPresent(user -> answer.user(new UserAnswer(user).listed()));
    return answer.build();
  }

  private DeleteVirtualMfaDeviceResponse delete(DeleteVirtualMfaDeviceRequest request, Call call) {
    Asked asked = Asked.of(call, "iam:DeleteVirtualMFADevice", request.serialNumber());
    devices.require(asked);
    return store.change(change -> {
      MfaDevice device = MfaDeviceAccess.find(change.now(), asked);
      if (device.assigned().isPresent()) {
        throw new Refusal(new DeleteConflict("MFA VirtualDevice in use. Must deactivate first."));
      }
      device.delete(change);
      return DeleteVirtualMfaDeviceResponse.builder().build();
    });
  }
}
