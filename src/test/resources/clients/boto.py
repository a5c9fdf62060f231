# Drives a server with boto3, and prints what came of it. The endpoint is in AWS_ENDPOINT_URL.
import sys
import urllib.request

import boto3
from botocore import UNSIGNED
from botocore.config import Config
from botocore.exceptions import ClientError

role, token, foreign_token = sys.argv[1:]

anonymous = boto3.client("sts", config=Config(signature_version=UNSIGNED))
request = {"RoleArn": role, "RoleSessionName": "boto"}
answer = anonymous.assume_role_with_web_identity(WebIdentityToken=token, **request)
keys = answer["Credentials"]
session = boto3.Session(
    aws_access_key_id=keys["AccessKeyId"],
    aws_secret_access_key=keys["SecretAccessKey"],
    aws_session_token=keys["SessionToken"],
)
print("exchanged", session.client("sts").get_caller_identity()["Arn"])

try:
    anonymous.assume_role_with_web_identity(WebIdentityToken=foreign_token, **request)
except ClientError as refusal:
    error = refusal.response["Error"]
    print("refused", error["Code"], error["Message"])
try:
    anonymous.assume_role_with_web_identity(WebIdentityToken="no token", **request)
except anonymous.exceptions.InvalidIdentityTokenException:
    print("refused InvalidIdentityToken")

s3 = session.client("s3")
s3.create_bucket(Bucket="octo-boto")
body = b"0123456789" * 100_000
names = ["a b", "double//slash", "ä+ö"]
for name in names:
    s3.put_object(Bucket="octo-boto", Key=name, Body=body)
    assert s3.get_object(Bucket="octo-boto", Key=name)["Body"].read() == body, name
print("got the whole object")
part = s3.get_object(Bucket="octo-boto", Key=names[0], Range="bytes=10-19")
assert part["Body"].read() == b"0123456789" and part["ContentRange"] == "bytes 10-19/1000000"
print("got the range")
pages = s3.get_paginator("list_objects_v2").paginate(
    Bucket="octo-boto", PaginationConfig={"PageSize": 1}
)
print("pages", [item["Key"] for page in pages for item in page["Contents"]])
try:
    s3.get_object(Bucket="octo-boto", Key="nothing")
except s3.exceptions.NoSuchKey:
    print("no such key")
try:
    s3.list_objects_v2(Bucket="octo-nowhere")
except s3.exceptions.NoSuchBucket:
    print("no such bucket")
# boto3 signs URLs with the old signature version unless it is told not to.
presigner = session.client("s3", config=Config(signature_version="s3v4"))
url = presigner.generate_presigned_url("get_object", Params={"Bucket": "octo-boto", "Key": "ä+ö"})
assert urllib.request.urlopen(url).read() == body
print("presigned the whole object")
s3.delete_objects(Bucket="octo-boto", Delete={"Objects": [{"Key": name} for name in names]})
s3.delete_bucket(Bucket="octo-boto")

readable = '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:Get*","Resource":"*"}}'
keys = anonymous.assume_role_with_web_identity(WebIdentityToken=token, Policy=readable, **request)
keys = keys["Credentials"]
reader = boto3.Session(
    aws_access_key_id=keys["AccessKeyId"],
    aws_secret_access_key=keys["SecretAccessKey"],
    aws_session_token=keys["SessionToken"],
).client("s3", config=Config(retries={"total_max_attempts": 1}))
def refused():
    try:
        reader.put_object(Bucket="releases", Key="large", Body=b"x" * 30_000_000)
    except ClientError as refusal:
        return refusal.response["Error"]["Code"]
print("refused", refused())
# Then without asking first whether to send.
reader.meta.events.register("before-sign.s3", lambda request, **_: request.headers.__delitem__("Expect"))
print("refused", refused())

iam = boto3.client("iam")
try:
    iam.get_role(RoleName="nobody")
except iam.exceptions.NoSuchEntityException:
    print("no such entity")
