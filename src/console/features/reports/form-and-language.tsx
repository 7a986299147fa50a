import { NativeSelect } from '@mantine/core'
import type { ReportInput } from '../../../server/schemas/reports.ts'
import { useText } from '../../ui/text/text.tsx'

interface Props {
  format: ReportInput['format']
  setFormat: (format: ReportInput['format']) => void
  language: ReportInput['lang']
  setLanguage: (language: ReportInput['lang']) => void
}

/** What a report is made as, asked of one made now and of those made by the clock. */
export function FormAndLanguage({ format, setFormat, language, setLanguage }: Props) {
  const { t } = useText()
  return (
    <div className="grid half">
      <NativeSelect
        label={t('reports.format')}
        value={format}
        data={['pdf', 'html', 'csv'].map(value => ({ value, label: value.toUpperCase() }))}
        onChange={event => setFormat(event.currentTarget.value as ReportInput['format'])}
      />
      <NativeSelect
        label={t('reports.language')}
        value={language}
        data={[
          { value: 'ko', label: '한국어' },
          { value: 'en', label: 'English' },
        ]}
        onChange={event => setLanguage(event.currentTarget.value as ReportInput['lang'])}
      />
    </div>
  )
}
