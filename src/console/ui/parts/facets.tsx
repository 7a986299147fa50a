import { TextInput } from '@mantine/core'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { has, toggled } from '../format/url-state.ts'
import { useUrl } from '../format/use-url.ts'
import { useKeys } from '../keys/use-keys.ts'
import { useText } from '../text/text.tsx'

export interface Facet {
  /** The query's name in the address and in the API. */
  key: string
  label?: string
  /** `many`: values joined by commas; `one`: one of them; a flag is `one` with the option `true`. */
  kind: 'many' | 'one'
  /** What holds while the address says nothing. */
  initial?: string
  options: { value: string; label: string }[]
}

/** What a list is narrowed by: a search field (key `/`) and rows of toggles. The address holds it. */
export function Facets({
  facets,
  search = true,
  children,
}: {
  facets: Facet[]
  search?: boolean
  children?: ReactNode
}) {
  const [url, setUrl] = useUrl()
  const { t } = useText()
  const active = facets.some(({ key }) => url[key]) || Boolean(url['q'])
  return (
    <div className="facets">
      {search && <Search />}
      {facets.map(facet => (
        <fieldset key={facet.key} className="facet">
          {facet.label && (
            <legend className="facet-name" style={{ float: 'left' }}>
              {facet.label}
            </legend>
          )}
          {facet.options.map(({ value, label }) => {
            const now = url[facet.key] ?? facet.initial
            const on = facet.kind === 'many' ? has(now, value) : now === value
            const next =
              facet.kind === 'many' ? toggled(url[facet.key], value) : on || value === facet.initial ? undefined : value
            return (
              <button
                key={value}
                type="button"
                className="toggle"
                aria-pressed={on}
                onClick={() => setUrl({ [facet.key]: next })}
              >
                {label}
              </button>
            )
          })}
        </fieldset>
      ))}
      {children}
      {active && (
        <button
          type="button"
          className="toggle"
          onClick={() => setUrl({ q: undefined, ...Object.fromEntries(facets.map(({ key }) => [key, undefined])) })}
        >
          {t('facet.clear')}
        </button>
      )}
    </div>
  )
}

function Search() {
  const [url, setUrl] = useUrl()
  const { t } = useText()
  const input = useRef<HTMLInputElement>(null)
  const given = url['q'] ?? ''
  const [text, setText] = useState(given)
  useEffect(() => setText(given), [given])
  useEffect(() => {
    if (text === given) return
    const timer = setTimeout(() => setUrl({ q: text || undefined }), 250)
    return () => clearTimeout(timer)
  }, [text, given, setUrl])
  useKeys({ '/': () => input.current?.focus() })
  return (
    <TextInput
      ref={input}
      type="search"
      w={200}
      value={text}
      maxLength={200}
      placeholder={t('facet.search')}
      aria-label={t('facet.search')}
      rightSection={text === '' ? <kbd>/</kbd> : null}
      onChange={event => setText(event.currentTarget.value)}
      onKeyDown={event => event.key === 'Escape' && event.currentTarget.blur()}
    />
  )
}
