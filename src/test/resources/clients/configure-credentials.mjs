// What aws-actions/configure-aws-credentials does with `role-to-assume` and nothing else: an ID
// token of the toolkit, its exchange for an hour, and a question with the new credentials.
import { getIDToken } from 'toolkit-3';
import {
  AssumeRoleWithWebIdentityCommand, GetCallerIdentityCommand, STSClient,
} from '@aws-sdk/client-sts';

const [, , role] = process.argv;
const anonymous = new STSClient({ region: 'us-east-1' });
const exchanged = await anonymous.send(new AssumeRoleWithWebIdentityCommand({
  RoleArn: role,
  RoleSessionName: 'GitHubActions',
  DurationSeconds: 3600,
  WebIdentityToken: await getIDToken('sts.amazonaws.com'),
}));
const session = new STSClient({
  region: 'us-east-1',
  credentials: {
    accessKeyId: exchanged.Credentials.AccessKeyId,
    secretAccessKey: exchanged.Credentials.SecretAccessKey,
    sessionToken: exchanged.Credentials.SessionToken,
  },
});
const identity = await session.send(new GetCallerIdentityCommand({}));
console.log('arn=' + identity.Arn);
