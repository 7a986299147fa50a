import { createTheme, type MantineColorsTuple } from '@mantine/core'

const teal: MantineColorsTuple = [
  '#e7f6f3',
  '#cdebe5',
  '#9dd7cc',
  '#68c1b1',
  '#3eaa98',
  '#1f9683',
  '#0b7a6b',
  '#086658',
  '#065247',
  '#043d35',
]
const slate: MantineColorsTuple = [
  '#d6dce2',
  '#b6bfc8',
  '#98a3ae',
  '#69747f',
  '#39434d',
  '#2b343d',
  '#1d252c',
  '#161c22',
  '#10151a',
  '#0b0f13',
]

/** Calm and dense: small type, tight controls, one accent. Severity colours stand in theme.css. */
export const theme = createTheme({
  primaryColor: 'teal',
  primaryShade: 6,
  autoContrast: true,
  luminanceThreshold: 0.31,
  colors: { teal, dark: slate },
  defaultRadius: 6,
  fontFamily: 'var(--sans)',
  fontFamilyMonospace: 'var(--mono)',
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '20px' },
  headings: { fontFamily: 'var(--sans)', fontWeight: '650' },
  components: {
    Button: { defaultProps: { size: 'xs', variant: 'default' } },
    ActionIcon: { defaultProps: { variant: 'subtle', color: 'gray' } },
    TextInput: { defaultProps: { size: 'xs' } },
    PasswordInput: { defaultProps: { size: 'sm' } },
    NumberInput: { defaultProps: { size: 'xs' } },
    NativeSelect: { defaultProps: { size: 'xs' } },
    Textarea: { defaultProps: { size: 'xs', autosize: true, minRows: 2 } },
    Checkbox: { defaultProps: { size: 'xs' } },
    Switch: { defaultProps: { size: 'xs' } },
    Tooltip: { defaultProps: { openDelay: 250, multiline: true, maw: 360 } },
    Modal: { defaultProps: { centered: true, size: 'lg' } },
  },
})
