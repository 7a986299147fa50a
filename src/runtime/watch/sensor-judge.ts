/** Runs in the sensor's thread: puts containers to the events, and has them looked at. */
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { JennerError } from '../../base/errors.ts'
import { conditionReason } from '../../base/i18n/condition-reasons.ts'
import { type Language, translate } from '../../base/i18n/translate.ts'
import type { ContainerInfo, RuntimeEvent } from '../../base/model/runtime.ts'
import { type Containers, openContainers } from '../containers/open.ts'
import { createDetectors } from '../detect/detect.ts'
import { libraryTexts } from '../rules/library.ts'
import { loadRules } from '../rules/loader/load.ts'
import type { Rule } from '../rules/model.ts'
import type { CreateJudge } from '../sensor/judge.ts'
import { withContainers } from './attach.ts'
import { compactHeap } from './compact.ts'
import { createDriftContent, startHashThread } from './drift/content.ts'
import { createDriftKeeper } from './drift/keeper.ts'
import { openDriftStore } from './drift/store.ts'
import { createExaminer } from './examine.ts'
import { createJudge as createRuleJudge } from './judge.ts'
import { gatherLoaded } from './loaded.ts'
import { createMalwareWatch, startScanThread } from './malware/malware.ts'
import type { Posted } from './messages.ts'
import { type Question, selfTestPrefix, stateFolders, type WatchOptions } from './options.ts'
import { lookAtProcessors } from './processors.ts'
import { createProfileKeeper } from './profiles.ts'
import { createRecentEvents } from './recent.ts'
import { openRecorder } from './recording/recorder.ts'
import { createTrimmer } from './trim.ts'

/** Ticks, ten a second. */
const trimEvery = 100
const programEvery = 600
/** By then the kernel programs are loaded and everything is at work. */
const settled = 20

type Post = (message: Posted) => void

/** The sensor calls this with what `startKernelSensor` gave it. Throws JennerError usage for rules that do not load. */
export const createJudge: CreateJudge = async (given, channel) => {
  const options = given as WatchOptions
  const post: Post = message => channel.post(message)
  const rules = mustLoad(options)
  post({ kind: 'rules', count: rules.length })
  const containers = await openContainers()
  tellAbsent(containers, options.language ?? 'en', post)
  const judge = createRuleJudge({ ...options, rules }, post)
  const detectors = createDetectors(availableParallelism())
  const recent = createRecentEvents()
  const kept = openKept(options, post, event => examine(event))
  const recorder = options.record === undefined ? undefined : openRecording(options.record, post)
  const examine: (event: RuntimeEvent) => void = createExaminer({
    judge,
    detectors,
    recent,
    ...kept.parts,
    recorder,
    malware: options.malware ? openMalware(options, post, event => examine(event)) : undefined,
  })
  const loaded = options.loaded ? gatherLoaded({ post: rows => post({ kind: 'loaded', rows }) }) : undefined
  const attached = withContainers({
    get: id => containers.get(id),
    ask: (id): Promise<ContainerInfo | undefined> => containers.refresh(id),
    judge: loaded ? both(examine, loaded.onEvent) : examine,
  })
  const looks = judge.wants('jenner.sustained_cpu')
    ? lookAtProcessors({
        containers: () => containers.list(),
        coresOf: id => containers.get(id)?.cpuLimit,
        reading: detectors.reading,
        judge: attached.take,
      })
    : []
  containers.onChange(({ id, state }, gone) => {
    if (gone || state === 'exited' || state === 'dead') attached.ended(id)
    if (gone) recent.forget(id)
  })
  compactHeap()
  const trimmer = createTrimmer()
  let ticks = 0
  return {
    onEvent: withSelfTest(options.selfTest, post, attached.take),
    onTick(now) {
      attached.tick(now)
      for (const look of looks) look(now)
      judge.onTick(now)
      loaded?.onTick(now)
      kept.tick(now)
      recorder?.flush()
      ticks++
      if (ticks % programEvery === settled) trimmer.program()
      if (ticks % trimEvery === settled) trimmer.freed()
    },
    onMessage: value => answer(value as { id: number; question: Question }),
    onClose() {
      attached.flush()
      loaded?.flush()
      judge.onClose()
      kept.close()
      containers.close()
      if (recorder) post({ kind: 'recorded', file: options.record ?? '', count: recorder.close() })
    },
  }

  function answer({ id, question }: { id: number; question: Question }): void {
    if (question.what === 'events') post({ kind: 'answer', id, value: recent.lines(question.containerId) })
    else post({ kind: 'answer', id, value: judge.incidents() })
  }

  function openMalware(from: WatchOptions, tell: Post, look: (event: RuntimeEvent) => void) {
    const folder = from.state === undefined ? undefined : join(from.state, stateFolders.malware)
    const malware = createMalwareWatch({
      start: startScanThread({ folders: [], ...(folder !== undefined && { cacheFolder: folder }) }),
      judge: look,
      onSkipped: rows => tell({ kind: 'unscanned', rows }),
      onLoss: (what, why) => tell({ kind: 'notice', what, why }),
    })
    kept.ticks.push(malware.tick)
    kept.ends.push(malware.close)
    return malware
  }
}

function both(first: (event: RuntimeEvent) => void, second: (event: RuntimeEvent) => void) {
  return (event: RuntimeEvent): void => {
    first(event)
    second(event)
  }
}

/** The rules for system calls that are switched on; the first error of any file stops, and so does their absence. */
function mustLoad({ rules, language = 'en' }: WatchOptions): Rule[] {
  const loaded = loadRules(rules ?? libraryTexts())
  const [first] = loaded.errors
  if (first) {
    const why = conditionReason(first.message, language)
    throw new JennerError('usage', `${first.file}:${first.line}: ${first.code}: ${why}`)
  }
  return loaded.rules.filter(({ source, enabled }) => source === 'syscall' && enabled)
}

function tellAbsent(containers: Containers, language: Language, post: Post): void {
  const losses = containers
    .status()
    .flatMap(({ runtime, connected, reason }) =>
      connected || runtime !== 'docker'
        ? []
        : [{ what: translate(language, 'watch.loss.names', { runtime }), why: reason ?? '' }],
    )
  if (losses.length > 0) post({ kind: 'losses', losses })
}

function openRecording(file: string, post: Post) {
  try {
    return openRecorder(file, why => post({ kind: 'notice', what: file, why }))
  } catch (error) {
    throw new JennerError('output_unwritable', file, error)
  }
}

const driftEvery = 5000
const mostFaults = 100

/** What is kept in the state folder: lists of what may run, profiles. */
function openKept(
  { drift, state, learn = false, language = 'en' }: WatchOptions,
  post: Post,
  judge: (event: RuntimeEvent) => void,
) {
  // A full disk is told once, not every few seconds.
  const told = new Set<string>()
  const onFault = (why: string): void => {
    if (told.size < mostFaults && !told.has(why)) post({ kind: 'notice', what: 'state', why })
    told.add(why)
  }
  const store = state === undefined ? undefined : openDriftStore(join(state, stateFolders.drift), onFault)
  const profiles =
    state === undefined
      ? undefined
      : createProfileKeeper({ folder: join(state, stateFolders.profiles), learn, language, onFault })
  let saved = 0
  const save = (): void => {
    for (const image of store?.save() ?? []) post({ kind: 'drift', image })
  }
  const ticks: ((now: number) => void)[] = []
  const ends: (() => void)[] = []
  const content =
    drift && store
      ? createDriftContent({
          start: startHashThread,
          judge,
          onChange: store.put,
          onUnknown: tellUnknown(post, language),
        })
      : undefined
  if (content) ends.push(content.close)
  return {
    parts: { drift: drift && createDriftKeeper(drift, store, content), profiles },
    ticks,
    ends,
    tick(now: number): void {
      for (const tick of ticks) tick(now)
      profiles?.tick(now)
      if (now - saved < driftEvery && now >= saved) return
      saved = now
      save()
    },
    close(): void {
      for (const end of ends) end()
      profiles?.close()
      save()
    },
  }
}

/** Each path once: what runs over and over would say it as often. */
function tellUnknown(post: Post, language: Language): (path: string, why: string) => void {
  const told = new Set<string>()
  return (path, why) => {
    if (told.size >= mostFaults || told.has(path)) return
    told.add(path)
    post({ kind: 'notice', what: path, why: translate(language, 'watch.drift.uncompared', { why }) })
  }
}

/** Events of a sensor's test of itself go to whoever runs it; those of another sensor's to nobody. */
function withSelfTest(
  id: string | undefined,
  post: Post,
  take: (event: RuntimeEvent) => void,
): (event: RuntimeEvent) => void {
  return event => {
    const { containerId } = event.process
    if (!containerId.startsWith(selfTestPrefix)) return take(event)
    if (containerId === id && event.type === 'execve')
      post({ kind: 'selftest', path: event.process.exepath, upper: event.process.exeUpperLayer })
  }
}
