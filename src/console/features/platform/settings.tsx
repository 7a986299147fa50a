import { Button, Checkbox, NativeSelect, NumberInput, PasswordInput, Switch, Textarea, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { Settings } from '../../../server/schemas/settings.ts'
import { useOne, useWrite } from '../../ui/api/query.ts'
import { useNotify } from '../../ui/domain/notify.tsx'
import { Panel } from '../../ui/parts/page.tsx'
import { Ready } from '../../ui/parts/states.tsx'
import { useText } from '../../ui/text/text.tsx'

type Patch = Partial<Settings> & { oidcSecret?: string }
type Change = (patch: Partial<Settings>) => void

export function SettingsForm() {
  const settings = useOne<Settings>('settings')
  return <Ready of={settings}>{data => <Form first={data} />}</Ready>
}

/** What was changed is sent, the rest is left alone. */
function Form({ first }: { first: Settings }) {
  const { t } = useText()
  const notify = useNotify()
  const [value, setValue] = useState(first)
  const [changed, setChanged] = useState<Patch>({})
  const [secret, setSecret] = useState('')
  const save = useWrite<unknown, Patch>('PATCH', 'settings', ['settings', 'health'])
  const change: Change = patch => {
    setValue(before => ({ ...before, ...patch }))
    setChanged(before => ({ ...before, ...patch }))
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    save.mutate(
      { ...changed, ...(secret === '' ? {} : { oidcSecret: secret }) },
      {
        onSuccess: () => {
          setChanged({})
          setSecret('')
          notify.done(t('settings.saved'))
        },
        onError: notify.failed,
      },
    )
  }
  const dirty = Object.keys(changed).length > 0 || secret !== ''
  return (
    <form className="stack" onSubmit={submit}>
      <div className="grid half">
        <div className="stack">
          <Scan value={value} change={change} />
          <Guard value={value} change={change} />
        </div>
        <div className="stack">
          <Keep value={value} change={change} />
          <Terms value={value} change={change} />
          <SignOn value={value} change={change} secret={secret} setSecret={setSecret} />
        </div>
      </div>
      <div className="row">
        <Button type="submit" variant="filled" disabled={!dirty} loading={save.isPending}>
          {t('do.save')}
        </Button>
        {dirty && <span className="note">{t('settings.unsaved')}</span>}
      </div>
    </form>
  )
}

interface PartProps {
  value: Settings
  change: Change
}

function Scan({ value: { scan, feeds }, change }: PartProps) {
  const { t } = useText()
  const scanners = ['vuln', 'secret', 'malware', 'license'] as const
  return (
    <Panel title={t('settings.scan')}>
      <div className="stack">
        <Switch
          label={t('settings.on_sight')}
          checked={scan.onSight}
          onChange={e => change({ scan: { ...scan, onSight: e.currentTarget.checked } })}
        />
        <fieldset className="row">
          <legend className="small strong">{t('settings.scanners')}</legend>
          {scanners.map(name => (
            <Checkbox
              key={name}
              label={t(`scanner.${name}`)}
              checked={scan.scanners.includes(name)}
              onChange={() =>
                change({
                  scan: {
                    ...scan,
                    scanners: scanners.filter(other => scan.scanners.includes(other) !== (other === name)),
                  },
                })
              }
            />
          ))}
        </fieldset>
        <TextInput
          label={t('settings.nightly')}
          type="time"
          value={scan.nightly}
          onChange={e => change({ scan: { ...scan, nightly: e.currentTarget.value } })}
        />
        <Switch
          label={t('settings.offline')}
          checked={feeds.offline}
          onChange={e => change({ feeds: { ...feeds, offline: e.currentTarget.checked } })}
        />
        <Amount
          label={t('settings.feed_hours')}
          max={720}
          value={feeds.everyHours}
          set={everyHours => change({ feeds: { ...feeds, everyHours } })}
        />
      </div>
    </Panel>
  )
}

function Guard({ value, change }: PartProps) {
  const { t } = useText()
  return (
    <Panel title={t('settings.guard')}>
      <div className="stack">
        <NativeSelect
          label={t('settings.drift')}
          value={value.drift}
          data={(['observe', 'alert', 'block'] as const).map(mode => ({ value: mode, label: t(`drift.${mode}`) }))}
          onChange={event => change({ drift: event.currentTarget.value as Settings['drift'] })}
        />
        <Textarea
          label={t('settings.protected')}
          description={t('settings.protected_why')}
          value={value.protected.join('\n')}
          onChange={event => change({ protected: event.currentTarget.value.split('\n').slice(0, 200) })}
        />
        <Textarea
          label={t('settings.playbooks')}
          minRows={5}
          maxRows={20}
          styles={{ input: { fontFamily: 'var(--mono)' } }}
          value={value.playbooks}
          onChange={event => change({ playbooks: event.currentTarget.value })}
        />
        <Switch
          label={t('settings.follow')}
          checked={value.logs.follow}
          onChange={e => change({ logs: { ...value.logs, follow: e.currentTarget.checked } })}
        />
        <Switch
          label={t('settings.mask')}
          checked={value.logs.mask}
          onChange={e => change({ logs: { ...value.logs, mask: e.currentTarget.checked } })}
        />
        <Textarea
          label={t('settings.log_rules')}
          description={t('settings.log_rules_why')}
          maxRows={14}
          styles={{ input: { fontFamily: 'var(--mono)' } }}
          value={value.logs.rules}
          onChange={event => change({ logs: { ...value.logs, rules: event.currentTarget.value } })}
        />
      </div>
    </Panel>
  )
}

function Keep({ value: { retentionDays }, change }: PartProps) {
  const { t } = useText()
  const keys = ['alerts', 'events', 'audit', 'logs', 'evidence'] as const
  return (
    <Panel title={t('settings.keep')}>
      <div className="grid half">
        {keys.map(key => (
          <Amount
            key={key}
            label={t(`keep.${key}`)}
            max={3650}
            value={retentionDays[key]}
            set={days => change({ retentionDays: { ...retentionDays, [key]: days } })}
          />
        ))}
      </div>
    </Panel>
  )
}

function Terms({ value: { sla, clocks }, change }: PartProps) {
  const { t } = useText()
  const keys = ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW'] as const
  return (
    <Panel title={t('settings.terms')}>
      <div className="grid half">
        {keys.map(key => (
          <Amount
            key={key}
            label={t('settings.sla', { severity: t(`severity.${key}`) })}
            max={3650}
            value={sla[key]}
            set={days => change({ sla: { ...sla, [key]: days } })}
          />
        ))}
        <Amount
          label={t('settings.intrusion')}
          max={8760}
          value={clocks.intrusionHours}
          set={intrusionHours => change({ clocks: { ...clocks, intrusionHours } })}
        />
        <Amount
          label={t('settings.leak')}
          max={8760}
          value={clocks.leakHours}
          set={leakHours => change({ clocks: { ...clocks, leakHours } })}
        />
      </div>
    </Panel>
  )
}

function SignOn({
  value: { oidc },
  change,
  secret,
  setSecret,
}: PartProps & { secret: string; setSecret: (text: string) => void }) {
  const { t } = useText()
  const set = (patch: Partial<Settings['oidc']>) => change({ oidc: { ...oidc, ...patch } })
  return (
    <Panel title={t('settings.oidc')}>
      <div className="stack">
        <Switch
          label={t('rules.on')}
          checked={oidc.enabled}
          onChange={e => set({ enabled: e.currentTarget.checked })}
        />
        <TextInput
          label={t('oidc.name')}
          maxLength={60}
          value={oidc.name}
          onChange={e => set({ name: e.currentTarget.value })}
        />
        <TextInput
          label={t('oidc.issuer')}
          type="url"
          maxLength={500}
          value={oidc.issuer}
          onChange={e => set({ issuer: e.currentTarget.value })}
        />
        <TextInput
          label={t('oidc.client')}
          maxLength={200}
          value={oidc.clientId}
          onChange={e => set({ clientId: e.currentTarget.value })}
        />
        <PasswordInput
          size="xs"
          label={t('oidc.secret')}
          placeholder={t('outputs.secret_set')}
          autoComplete="off"
          maxLength={500}
          value={secret}
          onChange={e => setSecret(e.currentTarget.value)}
          visibilityToggleButtonProps={{ 'aria-label': t('sign.show') }}
        />
        <TextInput
          label={t('oidc.claim')}
          maxLength={100}
          value={oidc.roleClaim}
          onChange={e => set({ roleClaim: e.currentTarget.value })}
        />
      </div>
    </Panel>
  )
}

function Amount({
  label,
  value,
  max,
  set,
}: {
  label: string
  value: number
  max: number
  set: (value: number) => void
}) {
  return (
    <NumberInput
      label={label}
      hideControls
      min={1}
      max={max}
      value={value}
      onChange={next => typeof next === 'number' && set(next)}
    />
  )
}
