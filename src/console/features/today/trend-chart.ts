import { BarChart, LineChart } from 'echarts/charts'
import { GridComponent, LegendComponent, TooltipComponent } from 'echarts/components'
import { init, use } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'
import type { Today } from '../../../server/schemas/health.ts'

use([BarChart, LineChart, GridComponent, LegendComponent, TooltipComponent, SVGRenderer])

type Names = Record<'alerts' | 'incidents' | 'findings', string>

/** Draws into `node`; returns how to take it away. Loaded only when a chart is on screen. */
export function drawTrend(node: HTMLElement, days: Today['trend'], names: Names, scheme: 'light' | 'dark'): () => void {
  const chart = init(node, undefined, { renderer: 'svg' })
  const [ink, line] = scheme === 'dark' ? ['#98a4af', '#2a333b'] : ['#5c6771', '#dde2e6']
  const colours = scheme === 'dark' ? ['#5f98dd', '#e2495f', '#55c4b2'] : ['#5b91d4', '#c2283f', '#0b7a6b']
  const axis = {
    axisLine: { lineStyle: { color: line } },
    axisLabel: { color: ink, fontSize: 11 },
    splitLine: { lineStyle: { color: line } },
  }
  chart.setOption({
    animation: false,
    color: colours,
    textStyle: { fontFamily: 'inherit' },
    grid: { left: 4, right: 4, top: 30, bottom: 2, containLabel: true },
    legend: {
      top: 0,
      left: 0,
      itemWidth: 10,
      itemHeight: 8,
      icon: 'roundRect',
      textStyle: { color: ink, fontSize: 11 },
    },
    // Text only: a tooltip of HTML would be a place for foreign markup.
    tooltip: { trigger: 'axis', renderMode: 'richText', axisPointer: { type: 'line' } },
    xAxis: { type: 'category', data: days.map(({ day }) => day.slice(5)), ...axis },
    yAxis: [
      { type: 'value', minInterval: 1, splitNumber: 3, ...axis },
      { type: 'value', show: false },
    ],
    series: [
      {
        name: names.alerts,
        type: 'bar',
        yAxisIndex: 1,
        barMaxWidth: 14,
        itemStyle: { opacity: 0.45, borderRadius: [2, 2, 0, 0] },
        data: days.map(({ alerts }) => alerts),
      },
      { name: names.incidents, type: 'line', symbolSize: 4, data: days.map(({ incidents }) => incidents) },
      { name: names.findings, type: 'line', symbolSize: 4, data: days.map(({ findings }) => findings) },
    ],
  })
  const watch = new ResizeObserver(() => chart.resize())
  watch.observe(node)
  return () => {
    watch.disconnect()
    chart.dispose()
  }
}
