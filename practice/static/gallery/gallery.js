// /_practice/gallery: every widget once, under one prefix, on Ant Design 5 or 6.

import { Kit, PAGE, html, show } from '../kit.js'
import { Choices } from './choices.js'
import { Inputs } from './inputs.js'
import { Notices } from './notices.js'
import { Popups } from './popups.js'
import { Tables } from './tables.js'

const { App, Card, ConfigProvider } = window.antd

const CARDS = [
  ['inputs', '输入', Inputs],
  ['choices', '选择', Choices],
  ['tables', '表格', Tables],
  ['popups', '弹层', Popups],
]
const shown = CARDS.filter(([name]) => !PAGE.only || PAGE.only === name)

const THEME = { token: { motion: PAGE.motion } }

show(html`
  <${Kit} prefix=${PAGE.prefix}>
    <${ConfigProvider} theme=${THEME}>
      <${App} message=${{ duration: 3 }}>
        ${shown.map(([name, title, Content]) => html`
          <${Card} key=${name} className="card" title=${title}><${Content} /><//>`)}
        <${Notices} />
      <//>
    <//>
  <//>`)
