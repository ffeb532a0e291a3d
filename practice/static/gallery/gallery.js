// /_practice/gallery: every widget once, under one prefix, on Ant Design 5 or 6.

import { Kit, PAGE, html, show } from '../kit.js'
import { Choices } from './choices.js'
import { Inputs } from './inputs.js'
import { Notices } from './notices.js'
import { Popups } from './popups.js'
import { Tables } from './tables.js'

const { App, Card, ConfigProvider } = window.antd

const THEME = { token: { motion: PAGE.motion } }

show(html`
  <${Kit} prefix=${PAGE.prefix}>
    <${ConfigProvider} theme=${THEME}>
      <${App} message=${{ duration: 3 }}>
        <${Card} className="card" title="输入"><${Inputs} /><//>
        <${Card} className="card" title="选择"><${Choices} /><//>
        <${Card} className="card" title="表格"><${Tables} /><//>
        <${Card} className="card" title="弹层"><${Popups} /><//>
        <${Notices} />
      <//>
    <//>
  <//>`)
