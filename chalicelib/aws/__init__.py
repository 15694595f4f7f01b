"""The edge to AWS: the only package that imports boto3, botocore or PynamoDB.

Each module wraps one service and turns its errors into ours (`chalicelib.errors`).
"""
