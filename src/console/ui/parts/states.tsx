import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import type { ApiError } from '../api/client.ts'
import { visible } from '../format/safe.ts'
import { useText } from '../text/text.tsx'

export function Loading({ rows = 6 }: { rows?: number }) {
  const { t } = useText()
  return (
    <div role="status" aria-label={t('state.loading')}>
      {Array.from({ length: rows }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: placeholders have no identity
        <div key={index} className="skeleton" style={{ width: `${92 - ((index * 17) % 40)}%` }} />
      ))}
    </div>
  )
}

/** Why something could not be shown, in words, with a way to try again. */
export function Failed({ error, retry }: { error: ApiError | Error; retry?: () => void }) {
  const { t } = useText()
  return (
    <div className="state" role="alert">
      <b>{t('state.failed')}</b>
      <p>{useErrorText()(error)}</p>
      {retry && <Button onClick={retry}>{t('state.retry')}</Button>}
    </div>
  )
}

export function Empty({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className="state">
      <b>{title}</b>
      {children && <p>{children}</p>}
    </div>
  )
}

/** The sentence of an error: ours where its code is known, else what the server said. */
export function useErrorText(): (error: Error) => string {
  const { word } = useText()
  return error => {
    const code = 'code' in error ? String(error.code) : ''
    const known = word(`problem.${code}`)
    return known === code ? visible(error.message || code, { limit: 500 }) : known
  }
}

interface Loaded<T> {
  data: T | undefined
  error: ApiError | null
  refetch: () => unknown
}

/** Loading, failed, or what `children` makes of the answer. */
export function Ready<T>({ of, children }: { of: Loaded<T>; children: (data: T) => ReactNode }) {
  if (of.data !== undefined) return children(of.data)
  if (of.error) return <Failed error={of.error} retry={() => void of.refetch()} />
  return <Loading />
}
