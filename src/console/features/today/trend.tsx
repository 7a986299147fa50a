import { useComputedColorScheme } from '@mantine/core'
import { useEffect, useRef } from 'react'
import type { Today } from '../../../server/schemas/health.ts'
import { count } from '../../ui/format/number.ts'
import { useText } from '../../ui/text/text.tsx'

/** Alerts, incidents and new findings of the last fourteen days; the numbers of the chart stand in a table for those who cannot see it. */
export function Trend({ days }: { days: Today['trend'] }) {
  const { t, lang } = useText()
  const scheme = useComputedColorScheme('light')
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const node = box.current
    if (node === null) return
    let stopped = false
    let stop = () => {}
    const load = () => import('./trend-chart.ts')
    // The chart's library is as heavy as the rest: it waits until the chart is on screen and the browser has nothing better to do.
    void seenAndIdle(node)
      .then(load)
      .then(({ drawTrend }) => {
        if (!stopped)
          stop = drawTrend(
            node,
            days,
            { alerts: t('trend.alerts'), incidents: t('trend.incidents'), findings: t('trend.findings') },
            scheme,
          )
      })
    return () => {
      stopped = true
      stop()
    }
  }, [days, t, scheme])
  return (
    <>
      <div ref={box} className="chart" aria-hidden="true" />
      <table className="sr">
        <caption>{t('today.trend')}</caption>
        <tbody>
          {days.map(({ day, alerts, incidents, findings }) => (
            <tr key={day}>
              <th scope="row">{day}</th>
              <td>{`${t('trend.alerts')} ${count(alerts, lang)}`}</td>
              <td>{`${t('trend.incidents')} ${count(incidents, lang)}`}</td>
              <td>{`${t('trend.findings')} ${count(findings, lang)}`}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}

function seenAndIdle(node: Element): Promise<void> {
  return new Promise(resolve => {
    const watch = new IntersectionObserver(entries => {
      if (!entries.some(({ isIntersecting }) => isIntersecting)) return
      watch.disconnect()
      if ('requestIdleCallback' in window) window.requestIdleCallback(() => resolve(), { timeout: 2000 })
      else resolve()
    })
    watch.observe(node)
  })
}
