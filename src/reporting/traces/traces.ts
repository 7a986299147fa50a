import { type AttributeValue, ROOT_CONTEXT, SpanStatusCode, trace } from '@opentelemetry/api'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http'
import { resourceFromAttributes } from '@opentelemetry/resources'
import { BatchSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace'

/** Something that took its time; times in ms since 1970. */
export interface Work {
  name: string
  start: number
  end: number
  attributes: Record<string, AttributeValue>
  error?: string
  /** Parts of it, within its time. */
  parts?: Work[]
}

/** Sends traces of what was done to an OpenTelemetry collector. */
export interface Traces {
  record(work: Work): void
  /** Sends what is left. */
  close(): Promise<void>
}

/** `endpoint`: the collector's address, as OTEL_EXPORTER_OTLP_ENDPOINT has it (https://opentelemetry.io/docs/specs/otel/protocol/exporter): `/v1/traces` is put behind it. */
export function openTraces({
  endpoint,
  version,
  delay = 2000,
}: {
  endpoint: string
  version: string
  delay?: number
}): Traces {
  const url = new URL('v1/traces', `${endpoint.replace(/\/+$/, '')}/`).href
  const processor = new BatchSpanProcessor({
    exporter: new OTLPTraceExporter({ url, timeoutMillis: 10_000 }),
    maxQueueSize: 2048,
    maxExportBatchSize: 256,
    scheduledDelayMillis: delay,
  })
  const resource = resourceFromAttributes({ 'service.name': 'jenner', 'service.version': version })
  const provider = new TracerProvider({ resource, spanProcessors: [processor] })
  const tracer = provider.getTracer('jenner', version)
  // Dates, as a bare number before this process began would be taken for a time since then.
  const record = (work: Work, parent = ROOT_CONTEXT): void => {
    const span = tracer.startSpan(work.name, { startTime: new Date(work.start), attributes: work.attributes }, parent)
    for (const part of work.parts ?? []) record(part, trace.setSpan(parent, span))
    if (work.error !== undefined) span.setStatus({ code: SpanStatusCode.ERROR, message: work.error })
    span.end(new Date(work.end))
  }
  return {
    record: work => record(work),
    close: () => provider.shutdown(),
  }
}
