import { Go } from '../ui/parts/go.tsx'
import { Page } from '../ui/parts/page.tsx'
import { Empty } from '../ui/parts/states.tsx'
import { useText } from '../ui/text/text.tsx'

export function NotFound() {
  const { t } = useText()
  return (
    <Page title={t('lost.title')}>
      <div className="panel">
        <Empty title={t('lost.what')}>
          <Go to="/">{t('nav.today')}</Go>
        </Empty>
      </div>
    </Page>
  )
}
