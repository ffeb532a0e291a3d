// Guides, notice dialogs and notice drawers that come by themselves and eat clicks.
// A test calls them with `gallery.show('guide')`; under rough=1 they come at random. An offer is no
// notice: its one word means yes.

import { PAGE, css, html, useEffect, useState } from '../kit.js'
import { note } from './truth.js'

const { Button, Drawer, Modal } = window.antd

const KINDS = ['guide', 'guide', 'dialog', 'drawer']
const FIRST_MS = 2000
const LATER_MS = 6000

const wait = (most) => new Promise((done) => setTimeout(done, Math.random() * most))

const Guide = ({ close }) => html`
  <div className=${`guide ecom-guide-single-content-wrapper ${css('index_guide')}`}>
    <div><p>这里可以批量修改库存</p><button onClick=${close}>我知道了</button></div>
  </div>`

export function Notices() {
  const [shown, setShown] = useState(null)

  function close() {
    note('notices', shown)
    setShown(null)
    if (PAGE.rough) wait(LATER_MS).then(some)
  }

  const some = () => setShown(KINDS[Math.floor(Math.random() * KINDS.length)])

  useEffect(() => {
    window.gallery = { show: setShown }
    if (PAGE.rough) wait(FIRST_MS).then(some)
  }, [])

  return html`
    ${shown === 'guide' && html`<${Guide} close=${close} />`}
    <${Modal} open=${shown === 'dialog'} title="平台公告" closable=${false} zIndex=${2000}
      footer=${html`<${Button} type="primary">去看看<//><${Button} onClick=${close}>暂不<//>`}>
      仓库大促已开始
    <//>
    <${Modal} open=${shown === 'offer'} title="开通增值服务" closable=${false} zIndex=${2000}
      footer=${html`<${Button} type="primary" onClick=${close}>立即开通<//>`}>
      首月免费
    <//>
    <${Drawer} open=${shown === 'drawer'} title="消息通知" zIndex=${2000} onClose=${close}>
      您有一条新消息
    <//>`
}
