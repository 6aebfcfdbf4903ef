#!/usr/bin/env python3
"""How many times faster than SimPy the lab simulates the day W3.

    python3 benches/simpy/compare.py [HOURS]

runs SimPy (installed into target/simpy, for this script alone) and the benchmark of the lab, one after the other. A whole day takes SimPy
about three minutes for each algorithm; with HOURS it runs that much of it from midnight on, when few visitors come. The ratio is of the CPU
time for each request. The lab's day has all of the lab in it (balancer, health checks, metrics, alarms, bill); SimPy's has
servers, a balancer and a scaling rule.
"""
import re
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PLACE = ROOT / "target" / "simpy"
SIMPY = "simpy==4.1.2"
PLEDGED = 300


def python_with_simpy():
    python = PLACE / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    if not python.exists():
        venv.create(PLACE, with_pip=True, clear=True)
    subprocess.run([python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", SIMPY], check=True)
    return python


def lab():
    """Nanoseconds for a request, by algorithm."""
    command = ["cargo", "bench", "--quiet", "--no-default-features", "--bench", "speed", "--", "w3"]
    told = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True).stdout
    lines = re.findall(r"^(\w+) +([\d.]+) CPU s .*?(\d+) requests, mean ([\d.]+) ms", told, re.MULTILINE)
    if len(lines) != 2:
        sys.exit(f"The benchmark says something else than expected:\n{told}")
    return {algorithm: (int(requests), float(seconds), float(mean)) for algorithm, seconds, requests, mean in lines}


def main():
    hours = float(sys.argv[1]) if len(sys.argv) > 1 else 24.0
    python = python_with_simpy()
    print(f"W3, {hours:g} hours in SimPy, a day in the lab; CPU time for a request")
    for algorithm, (requests, seconds, mean) in lab().items():
        command = [python, Path(__file__).with_name("w3.py"), algorithm, str(hours)]
        told = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout.split()
        simpy_requests, simpy_seconds = int(told[0]), float(told[1])
        ratio = (simpy_seconds / simpy_requests) / (seconds / requests)
        print(
            f"{algorithm:<30} SimPy {simpy_seconds:.1f} s for {simpy_requests} ({simpy_seconds / simpy_requests * 1e9:.0f} ns, mean"
            f" {told[2]} ms), the lab {seconds:.3f} s for {requests} ({seconds / requests * 1e9:.1f} ns, mean {mean} ms):"
            f" {ratio:.0f} times as fast (pledged: {PLEDGED})"
        )


if __name__ == "__main__":
    main()
