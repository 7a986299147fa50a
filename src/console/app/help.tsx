import { Modal } from '@mantine/core'
import { useText } from '../ui/text/text.tsx'

const keys = ['j', 'k', 'Enter', 'x', '/', 'a', 'e', '?'] as const
const names: Record<(typeof keys)[number], 'down' | 'up' | 'open' | 'choose' | 'search' | 'act' | 'except' | 'help'> = {
  j: 'down',
  k: 'up',
  Enter: 'open',
  x: 'choose',
  '/': 'search',
  a: 'act',
  e: 'except',
  '?': 'help',
}

export function Help({ close }: { close: () => void }) {
  const { t } = useText()
  return (
    <Modal opened onClose={close} size="sm" title={t('help.title')} closeButtonProps={{ 'aria-label': t('do.close') }}>
      <dl className="facts">
        {keys.map(key => (
          <div key={key} style={{ display: 'contents' }}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{t(`help.${names[key]}`)}</dd>
          </div>
        ))}
      </dl>
    </Modal>
  )
}
