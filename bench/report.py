"""The table on the screen."""

from typing import Any

from bench.meter import ENTRY_BYTES, YARDSTICK_BYTES

HEADINGS = (
    *("row", "lookups", "hits", "p95", "| 1 curve:", "p50", "p95", "max", "one", "units", "p95"),
    *("xLB48", "read", "/hit", "missed", "extra", "ms", "p95"),
    *("| 2 curves:", "p95", "one", "units", "xLB48", "missed", "extra", "ms", "whole ms"),
)
WIDTHS = (22, 7, 8, 6, 10, 3, 4, 4, 4, 8, 6, 5, 9, 6, 6, 5, 5, 5, 11, 4, 4, 8, 5, 6, 5, 5, 8)


class Table:
    """Prints a row as soon as there is one."""

    def __init__(self) -> None:
        """Print the headings."""
        print(f"{ENTRY_BYTES} bytes an entry; LB48: {YARDSTICK_BYTES} a camera found")
        print(_line(HEADINGS), flush=True)

    def add(self, figures: dict[str, Any]) -> dict[str, Any]:
        """Print a row and give it back."""
        one, two = figures, figures["two_curves"]
        print(
            _line(
                (
                    *(one["row"], one["lookups"], f"{one['hits']:.1f}", one["hits_p95"]),
                    *(f"{one['requests']:.2f}", one["requests_p50"], one["requests_p95"]),
                    *(one["requests_max"], _percent(one["one_request"])),
                    *(f"{one['rcu']:.2f}", one["rcu_p95"], f"{one['lb48_ratio']:.2f}"),
                    *(f"{one['entries']:.1f}", _ratio(one["read_per_hit"])),
                    *(one["missed"], one["extra"]),
                    *(f"{one['plan_ms_p50']:.2f}", f"{one['plan_ms_p95']:.2f}"),
                    *(f"{two['requests']:.2f}", two["requests_p95"]),
                    *(_percent(two["one_request"]), f"{two['rcu']:.2f}"),
                    *(f"{two['lb48_ratio']:.2f}", two["missed"], two["extra"]),
                    *(f"{two['plan_ms_p50']:.2f}", _ratio(one["total_cpu_ms_p50"])),
                )
            )
        )
        for name, rival in figures["competitors"].items():
            print(_rival(name, rival), flush=True)
        return figures


def print_times(times: dict[str, dict[str, float]]) -> None:
    """Print what planning and whole lookups take of a core."""
    print("\nprocessor time, medians: here, on the nominal machine, promised; in calibration loops")
    for name, time in times.items():
        print(
            f"    {name:<28} {time['ms']:>7.2f} ms {time['nominal_ms']:>7.2f} ms "
            f"<= {time['target_ms']} ms {time['loops']:>7.2f} loops"
        )


def _rival(name: str, rival: dict[str, Any]) -> str:
    off = ", ".join(f"{rival[what]} {what}" for what in ("missed", "extra", "fails") if rival[what])
    return (
        f"    {name:<26} {rival['requests']:>8.2f} requests (x{rival['requests_ratio']:.1f}; "
        f"x{rival['requests_ratio_two_curves']:.1f} on two) {rival['rcu']:>9.2f} units "
        f"(x{rival['rcu_ratio']:.1f}; x{rival['rcu_ratio_two_curves']:.1f})"
        f"{'  ' + off if off else ''}"
    )


def _percent(share: float) -> str:
    return f"{100 * share:.0f}%"


def _ratio(value: float | None) -> str:
    return "-" if value is None else f"{value:.1f}"


def _line(cells: tuple[object, ...]) -> str:
    first, *rest = (str(cell) for cell in cells)
    aligned = (cell.rjust(width) for cell, width in zip(rest, WIDTHS[1:], strict=True))
    return " ".join((first.ljust(WIDTHS[0]), *aligned))
