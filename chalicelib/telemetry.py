"""The one logger and the one metrics collector: ids only, never a person's data or a link."""

import warnings

from aws_lambda_powertools import Logger, Metrics

SERVICE = "sightline"

logger = Logger(service=SERVICE)
metrics = Metrics(namespace=SERVICE, service=SERVICE)

# A request that counts nothing is normal here; Powertools warns at each one.
warnings.filterwarnings("ignore", message="No application metrics to publish")
