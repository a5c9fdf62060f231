/// What an account's IAM holds, in the form in which AWS tells it: the JSON of `aws iam
/// get-account-authorization-details`, and of `aws iam get-open-id-connect-provider`.
///
/// [AccountDetails] reads it and puts it into a store. Access keys and passwords are not in it.
///
/// Below: `cloudformation` for reading with a place, `provisioning` for policies, `store`. Above:
/// `cli`.
///
/// Source:
/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountAuthorizationDetails.html>
@NullMarked
package dev.tegata.accountdetails;

import org.jspecify.annotations.NullMarked;
