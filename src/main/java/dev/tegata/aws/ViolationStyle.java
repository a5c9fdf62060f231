package dev.tegata.aws;

/// How a service words what a request violates.
enum ViolationStyle {
  /// As most services do: each violation with the value, in the order of the model.
  WITH_VALUES,
  /// As IAM does: without the values, and with sentences of its own where what is written is not
  /// what a name or a path may be.
  WITHOUT_VALUES;

  static ViolationStyle of(String service) {
    return service.equals("iam") ? WITHOUT_VALUES : WITH_VALUES;
  }

  Violations violations() {
    return new Violations(this);
  }
}
