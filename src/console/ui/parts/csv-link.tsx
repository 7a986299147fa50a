import { Button } from '@mantine/core'
import { addressOf, type Query } from '../api/client.ts'
import { useText } from '../text/text.tsx'

/** The same list as a file: the server writes it, and keeps formulas out. */
export function CsvLink({ path, query }: { path: string; query: Query }) {
  const { t } = useText()
  return (
    <Button component="a" href={addressOf(path, { ...query, format: 'csv' })} download>
      {t('do.csv')}
    </Button>
  )
}
