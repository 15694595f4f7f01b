"""The AWS services whose stand-ins the tests use."""

SERVICES = ["dynamodb", "kms", "s3", "secretsmanager", "ses", "sesv2", "sqs"]
