package dev.tegata.iam;

import dev.tegata.arn.Arn;
import dev.tegata.authorization.Call;
import dev.tegata.authorization.Call.Access;
import dev.tegata.aws.IamError.ReportExpired;
import dev.tegata.aws.IamError.ReportNotPresent;
import dev.tegata.aws.QueryOperation;
import dev.tegata.aws.Refusal;
import dev.tegata.entity.RecordKind;
import dev.tegata.store.IdentityStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.iam.model.GenerateCredentialReportRequest;
import software.amazon.awssdk.services.iam.model.GenerateCredentialReportResponse;
import software.amazon.awssdk.services.iam.model.GetCredentialReportRequest;
import software.amazon.awssdk.services.iam.model.GetCredentialReportResponse;
import software.amazon.awssdk.services.iam.model.ReportFormatType;
import software.amazon.awssdk.services.iam.model.ReportStateType;

/// Reports of an account's credentials, of which there is a new one every four hours at most.
///
/// Clients expect that it takes a while: who asks for a new one is told that it has been started,
/// and who asks again that it is complete. Here it is complete at once.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GenerateCredentialReport.html>
final class CredentialReports {
  private static final Duration LIFETIME = Duration.ofHours(4);
  private static final RecordKind<Kept> REPORTS = new RecordKind<>("credential-report", Kept.class);
  private static final String ONLY = "report";

  private final IdentityStore store;

  CredentialReports(IdentityStore store) {
    this.store = store;
  }

  private record Kept(Instant generated, String text) {
    boolean isFresh(Instant now) {
      return now.isBefore(generated.plus(LIFETIME));
    }
  }

  List<QueryOperation<Call, ?, ?>> operations() {
    return List.of(
        QueryOperation.of(
            "GenerateCredentialReport",
            GenerateCredentialReportRequest::builder,
            (_, call) -> generate(call)),
        QueryOperation.of(
            "GetCredentialReport", GetCredentialReportRequest::builder, (_, call) -> get(call)));
  }

  private GenerateCredentialReportResponse generate(Call call) {
    call.require(new Access("iam:GenerateCredentialReport", Arn.EVERY));
    Optional<Kept> last = REPORTS.find(store.now(), call.account(), ONLY);
    if (last.filter(report -> report.isFresh(call.time())).isPresent()) {
      return GenerateCredentialReportResponse.builder().state(ReportStateType.COMPLETE).build();
    }
    Kept report = new Kept(call.time(), new CredentialReport(store.now(), call.account()).text());
    store.change(change -> {
      REPORTS.put(change, call.account(), ONLY, report);
      return report;
    });
    return GenerateCredentialReportResponse.builder()
        .state(ReportStateType.STARTED)
        .description("No report exists. Starting a new report generation task")
        .build();
  }

  private GetCredentialReportResponse get(Call call) {
    call.require(new Access("iam:GetCredentialReport", Arn.EVERY));
    Kept report =
        REPORTS
            .find(store.now(), call.account(), ONLY)
            .orElseThrow(() -> new Refusal(new ReportNotPresent()));
    if (!report.isFresh(call.time())) {
      throw new Refusal(new ReportExpired());
    }
    return GetCredentialReportResponse.builder()
        .content(SdkBytes.fromUtf8String(report.text()))
        .reportFormat(ReportFormatType.TEXT_CSV)
        .generatedTime(report.generated())
        .build();
  }
}
