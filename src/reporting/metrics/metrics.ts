import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

/** What the platform is like at the moment of a scrape. Every label's values are of a bounded set: hosts are those that joined, outputs those that were configured. */
export interface MetricFacts {
  hosts: {
    host: string
    up: boolean
    sensor: boolean
    produced: number
    filtered: number
    judged: number
    lost: number
  }[]
  containers: Record<string, number>
  images: Record<string, number>
  findings: { kind: string; severity: string; count: number }[]
  openIncidents: Record<string, number>
  jobs: { kind: string; state: string; count: number }[]
  outputs: { output: string; kind: string; delivered: number; failed: number; pending: number; dead: number }[]
  /** Seconds since the advisories were built; undefined while there is only the starter data. */
  feedAgeSeconds?: number
  starter: boolean
  /** Decisions that end within seven days. */
  expiringDecisions: number
  storeBytes: number
}

/** The platform's metrics, in Prometheus' conventions (https://prometheus.io/docs/practices/naming). */
export interface Metrics {
  /** Exposition format 0.0.4 of all there is now. */
  text(): Promise<string>
  contentType: string
  /** Alerts as they are stored. */
  alert(priority: string): void
  /** Steps of response as they end. */
  action(step: string, state: string): void
  /** A request that was answered. `route` is the pattern, never the path itself. */
  request(route: string, method: string, status: number, seconds: number): void
}

export function createMetrics({ version, collect }: { version: string; collect(): Promise<MetricFacts> }): Metrics {
  const registry = new Registry()
  // How late timers are is looked at ten times a second: a hundred times, as is usual, is half of what an idle server takes.
  collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: 100 })
  const gauge = (name: string, help: string, labelNames: string[] = []): Gauge =>
    new Gauge({ name: `jenner_${name}`, help, labelNames, registers: [registry] })
  const counter = (name: string, help: string, labelNames: string[]): Counter =>
    new Counter({ name: `jenner_${name}`, help, labelNames, registers: [registry] })
  gauge('build_info', 'Version of the server, 1.', ['version']).set({ version }, 1)
  const gauges = openGauges(gauge)
  const alerts = counter('alerts_total', 'Alerts stored, by priority.', ['priority'])
  const actions = counter('response_actions_total', 'Steps of response, by step and outcome.', ['step', 'state'])
  const requests = new Histogram({
    name: 'jenner_http_request_duration_seconds',
    help: 'Time from a request to its answer.',
    labelNames: ['route', 'method', 'status'],
    buckets: [0.005, 0.02, 0.1, 0.3, 1, 5],
    registers: [registry],
  })
  return {
    contentType: registry.contentType,
    async text() {
      setGauges(gauges, await collect())
      return registry.metrics()
    },
    alert: priority => alerts.inc({ priority: priority.toLowerCase() }),
    action: (step, state) => actions.inc({ step, state }),
    request: (route, method, status, seconds) =>
      requests.observe({ route, method, status: `${Math.floor(status / 100)}xx` }, seconds),
  }
}

type Gauges = ReturnType<typeof openGauges>

function openGauges(gauge: (name: string, help: string, labelNames?: string[]) => Gauge) {
  return {
    up: gauge('agent_up', 'Whether the agent of a host spoke within the last minute.', ['host']),
    sensor: gauge('sensor_up', 'Whether the sensor of a host runs.', ['host']),
    events: gauge('sensor_events', 'Events of the kernel since the agent started, by what became of them.', [
      'host',
      'outcome',
    ]),
    containers: gauge('containers', 'Containers by state.', ['state']),
    images: gauge('images', 'Images by state of their scan.', ['scan']),
    findings: gauge('findings', 'Findings that stand, by kind and severity.', ['kind', 'severity']),
    incidents: gauge('incidents_open', 'Open incidents by their worst priority.', ['priority']),
    jobs: gauge('jobs', 'Jobs by kind and state.', ['kind', 'state']),
    notices: gauge('output_notices', 'Notices of an output by what became of them.', ['output', 'kind', 'result']),
    feedAge: gauge('feed_age_seconds', 'Age of the advisories; absent while there is only the starter data.'),
    starter: gauge('feed_starter', '1 while only the built-in starter advisories are there.'),
    expiring: gauge('decisions_expiring', 'Decisions that end within seven days.'),
    store: gauge('store_bytes', 'Size of the store.'),
  }
}

function setGauges(gauges: Gauges, facts: MetricFacts): void {
  for (const gauge of Object.values(gauges)) gauge.reset()
  for (const { host, up, sensor, ...counts } of facts.hosts) {
    gauges.up.set({ host }, Number(up))
    gauges.sensor.set({ host }, Number(sensor))
    for (const [outcome, count] of Object.entries(counts)) gauges.events.set({ host, outcome }, count)
  }
  for (const [state, count] of Object.entries(facts.containers)) gauges.containers.set({ state }, count)
  for (const [scan, count] of Object.entries(facts.images)) gauges.images.set({ scan }, count)
  for (const { kind, severity, count } of facts.findings)
    gauges.findings.set({ kind, severity: severity.toLowerCase() }, count)
  for (const [priority, count] of Object.entries(facts.openIncidents))
    gauges.incidents.set({ priority: priority.toLowerCase() }, count)
  for (const { kind, state, count } of facts.jobs) gauges.jobs.set({ kind, state }, count)
  for (const { output, kind, ...results } of facts.outputs)
    for (const [result, count] of Object.entries(results)) gauges.notices.set({ output, kind, result }, count)
  // An age of nothing would read as fresh.
  if (facts.feedAgeSeconds === undefined) gauges.feedAge.remove()
  else gauges.feedAge.set(facts.feedAgeSeconds)
  gauges.starter.set(Number(facts.starter))
  gauges.expiring.set(facts.expiringDecisions)
  gauges.store.set(facts.storeBytes)
}
