"""Sightline's one Chalice application: the pages, the API and what AWS events start.

The event handlers stand here because a handler in a blueprint is deployed without this module:
no middleware would run for it.
"""

from collections.abc import Callable

from chalice.app import Chalice, CloudWatchEvent, ConvertToMiddleware, Rate, SQSEvent

from chalicelib import cameras, clock, evidence, footage_requests
from chalicelib.registrations import overview, pilot_end
from chalicelib.telemetry import SERVICE, logger, metrics
from chalicelib.web import (
    answer_records,
    coordinator,
    coordinator_by_hand,
    coordinator_entry,
    coordinator_imports,
    coordinator_overview,
    coordinator_paper,
    coordinator_pilot,
    errors,
    list_pages,
    mailroom,
    officer_api,
    officer_audit,
    officer_clips,
    officer_people,
    officer_requests,
    officer_search,
    officer_sign_in,
    owner,
    owner_links,
    pilot_pages,
    printing,
    public,
    registering,
    site_pages,
    static_files,
    uploads,
)

app = Chalice(app_name=SERVICE, configure_logs=False)
# Without clear_state one request's log keys would appear in the next request's lines.
app.register_middleware(ConvertToMiddleware(logger.inject_lambda_context(clear_state=True)))
app.register_middleware(ConvertToMiddleware(metrics.log_metrics))

for module in (
    public,
    printing,
    registering,
    site_pages,
    list_pages,
    owner,
    owner_links,
    pilot_pages,
    uploads,
    answer_records,
    static_files,
    officer_sign_in,
    officer_search,
    officer_requests,
    officer_clips,
    officer_audit,
    officer_people,
    coordinator,
    coordinator_paper,
    coordinator_by_hand,
    coordinator_entry,
    coordinator_imports,
    coordinator_overview,
    coordinator_pilot,
):
    app.register_blueprint(module.pages)
app.register_blueprint(officer_api.api)
app.register_blueprint(officer_api.open_api)


@app.on_sqs_message(queue="outbox", batch_size=1, name="mailer")
def mailer(event: SQSEvent) -> None:
    """Send the letter that the queue's message names."""
    for message in event:
        mailroom.deliver(message.body, now=clock.now())


# The names of the bucket and the configuration set join these patterns in infra/template.yaml.
@app.on_cw_event({"source": ["aws.s3"], "detail-type": ["Object Created"]}, name="intake")
def intake(event: CloudWatchEvent) -> None:
    """Take in a clip that has just arrived in the bucket."""
    stored = event.detail["object"]
    evidence.receive(stored["key"], stored.get("version-id", ""), now=clock.now())


@app.on_cw_event({"source": ["aws.ses"]}, name="mail_events")
def mail_events(event: CloudWatchEvent) -> None:
    """Note what became of a letter."""
    mailroom.mail_event(event.detail, now=clock.now())


@app.schedule(Rate(5, unit=Rate.MINUTES), name="sweep")
def sweep(_event: CloudWatchEvent) -> None:
    """Do what is due; one job's failure keeps none of the others from its turn."""
    failed = [job.__module__ for job in JOBS if not done(job)]
    if failed:
        raise RuntimeError(f"not everything due was done: {failed}")


JOBS = (
    *(mailroom.sweep, footage_requests.sweep, evidence.sweep),
    *(cameras.recount, pilot_end.sweep, overview.prepare),
)


def done(job: Callable[..., object]) -> bool:
    """Run one job; log what went wrong instead of raising it."""
    try:
        job(now=clock.now())
    except Exception as error:  # noqa: BLE001 - whatever it is, the next job must run
        errors.log_unexpected(error, f"sweep {job.__module__}")
        return False
    return True
