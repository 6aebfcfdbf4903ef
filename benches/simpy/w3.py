"""The day W3 in SimPy, written as SimPy's users write: a process for each request, a resource for each server.

Prints the requests, the CPU seconds that they took, and what came of them. Run by compare.py.
"""
import math
import random
import sys
import time

import simpy

MEAN_SERVICE = 0.05
PERIOD = 60.0
BOOT = 120.0
TARGET = 0.5
LEAST, MOST = 2, 40


class Server:
    """One CPU, first in, first out."""

    def __init__(self, env):
        self.env = env
        self.cpu = simpy.Resource(env, capacity=1)
        self.outstanding = 0
        self.busy = 0.0
        self.since = None

    def serve(self):
        self.outstanding += 1
        with self.cpu.request() as turn:
            yield turn
            self.since = self.env.now
            yield self.env.timeout(random.expovariate(1 / MEAN_SERVICE))
            self.busy += self.env.now - self.since
            self.since = None
        self.outstanding -= 1

    def take_busy_seconds(self):
        if self.since is not None:
            self.busy += self.env.now - self.since
            self.since = self.env.now
        busy, self.busy = self.busy, 0.0
        return busy


class Service:
    """Servers behind a balancer, scaled by their CPU."""

    def __init__(self, env, algorithm):
        self.env = env
        self.algorithm = algorithm
        self.servers = [Server(env) for _ in range(LEAST)]
        self.booting = 0
        self.next = 0
        self.latencies = []

    def choose(self):
        if self.algorithm == "least_outstanding_requests":
            return min(self.servers, key=lambda server: server.outstanding)
        self.next = (self.next + 1) % len(self.servers)
        return self.servers[self.next]

    def request(self):
        begun = self.env.now
        yield from self.choose().serve()
        self.latencies.append(self.env.now - begun)

    def visitors(self):
        while True:
            second = math.floor(self.env.now)
            rate = 210 - 190 * math.cos(2 * math.pi * second / 86_400)
            gap = random.expovariate(rate)
            if self.env.now + gap >= second + 1:
                yield self.env.timeout(second + 1 - self.env.now)
                continue
            yield self.env.timeout(gap)
            self.env.process(self.request())

    def boot(self, count):
        self.booting += count
        yield self.env.timeout(BOOT)
        self.booting -= count
        self.servers.extend(Server(self.env) for _ in range(count))

    def scale(self):
        """Out after three periods above the target, in after fifteen below nine tenths of it."""
        above = below = 0
        while True:
            yield self.env.timeout(PERIOD)
            count = len(self.servers)
            cpu = sum(server.take_busy_seconds() for server in self.servers) / (count * PERIOD)
            above = above + 1 if cpu > TARGET else 0
            below = below + 1 if cpu < 0.9 * TARGET else 0
            wanted = min(max(math.ceil(count * cpu / TARGET), LEAST), MOST)
            if above >= 3 and wanted > count + self.booting:
                self.env.process(self.boot(wanted - count - self.booting))
                above = 0
            elif below >= 15 and self.booting == 0 and wanted < count:
                # A removed server gets nothing new and finishes what it has.
                del self.servers[wanted:]
                below = 0


def main(algorithm, hours):
    random.seed(1)
    env = simpy.Environment()
    service = Service(env, algorithm)
    env.process(service.visitors())
    env.process(service.scale())
    begun = time.process_time()
    env.run(until=hours * 3_600)
    seconds = time.process_time() - begun
    latencies = sorted(service.latencies)
    mean = sum(latencies) / len(latencies)
    p95 = latencies[int(0.95 * len(latencies))]
    print(f"{len(latencies)} {seconds:.3f} {mean * 1e3:.2f} {p95 * 1e3:.1f}")


if __name__ == "__main__":
    main(sys.argv[1], float(sys.argv[2]))
