import { absolute, relative } from '../format/time.ts'
import { useNow } from '../text/now.tsx'
import { useText } from '../text/text.tsx'

/** A time as how long ago, with the date and the browser's zone on hover. */
export function Ago({ at }: { at: string | undefined }) {
  const { lang } = useText()
  const now = useNow()
  if (at === undefined) return <span className="dim">—</span>
  return (
    <time dateTime={at} title={absolute(at, lang)}>
      {relative(at, now, lang)}
    </time>
  )
}

/** Date and time in the browser's zone. */
export function At({ at }: { at: string }) {
  const { lang } = useText()
  return <time dateTime={at}>{absolute(at, lang)}</time>
}
