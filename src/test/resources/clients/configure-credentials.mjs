// What aws-actions/configure-aws-credentials does: with `role-to-assume` alone, an ID token of the
// toolkit, its exchange for an hour, again when that fails, and a question with the new credentials.
// With a second role, what the next step does that has `role-chaining: true`: it takes the
// credentials from the environment, tags the session with what it knows of the run, and may give an
// external id.
import { getIDToken } from 'toolkit-3';
import {
  AssumeRoleCommand, AssumeRoleWithWebIdentityCommand, GetCallerIdentityCommand, STSClient,
} from '@aws-sdk/client-sts';

const [, , role, chained, externalId] = process.argv;
const REGION = 'us-east-1';
const USER_AGENT = [
  ['configure-aws-credentials-for-github-actions'],
  ['md/action', process.env.GITHUB_ACTION ?? '__run'],
  ['md/run_id', process.env.GITHUB_RUN_ID ?? '1'],
];

async function again(attempts, work) {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      console.log(`attempt ${attempt}: ${error.message}`);
      if (attempt === attempts) {
        throw error;
      }
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 2 ** attempt * 50));
    }
  }
}

function client(credentials) {
  return new STSClient({ region: REGION, customUserAgent: USER_AGENT, credentials });
}

function keys(answer) {
  return {
    accessKeyId: answer.Credentials.AccessKeyId,
    secretAccessKey: answer.Credentials.SecretAccessKey,
    sessionToken: answer.Credentials.SessionToken,
  };
}

async function tell(name, credentials) {
  const identity = await client(credentials).send(new GetCallerIdentityCommand({}));
  if (identity.Account === undefined || identity.Arn === undefined) {
    throw new Error('Could not get Account ID or ARN from STS. Did you set credentials?');
  }
  console.log(`${name}=${identity.Arn}`);
}

// Tags may have these characters only, and no more than 256 of them.
function tag(key, value) {
  return { Key: key, Value: value.replace(/[^\p{L}\p{Z}\p{N}_.:/=+\-@]/gu, '_').slice(0, 256) };
}

try {
  const token = await again(12, () => getIDToken('sts.amazonaws.com'));
  const exchanged = await again(Number(process.env.ATTEMPTS ?? '12'), () =>
    client().send(new AssumeRoleWithWebIdentityCommand({
      RoleArn: role,
      RoleSessionName: 'GitHubActions',
      DurationSeconds: 3600,
      WebIdentityToken: token,
    })));
  console.log('Authenticated as assumedRoleId ' + exchanged.AssumedRoleUser.AssumedRoleId);
  await tell('arn', keys(exchanged));
  if (chained) {
    const next = await again(Number(process.env.ATTEMPTS ?? '12'), () =>
      client(keys(exchanged)).send(new AssumeRoleCommand({
        RoleArn: chained,
        RoleSessionName: 'GitHubActions',
        DurationSeconds: 3600,
        Tags: [
          tag('GitHub', 'Actions'),
          tag('Repository', 'octo-org/app'),
          tag('Workflow', 'Deploy (main) & tell'),
          tag('Action', '__run'),
          tag('Actor', 'dependabot[bot]'),
          tag('Commit', 'b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2'),
          tag('Branch', 'refs/heads/main'),
        ],
        TransitiveTagKeys: ['Repository'],
        ExternalId: externalId || undefined,
      })));
    console.log('packed=' + next.PackedPolicySize);
    await tell('chained', keys(next));
  }
} catch (error) {
  console.log(`error=${error.name}: ${error.message}`);
}
