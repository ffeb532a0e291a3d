// What lies over a page and was not asked for: a guide, a notice, a floating button.

import { PAGE, css, fault, html, luck, useEffect, useState } from './kit.js'

const { Button, Drawer } = window.antd

const WAYS_OUT = ['我知道了', '知道了', '暂不', '跳过', '稍后再说', '下次再说', '以后再说']

// Turns true some seconds after the page has loaded, if this fault was drawn for it.
function useDrawn(name, from, to) {
  const [shown, setShown] = useState(false)
  useEffect(() => {
    if (!PAGE.faults.includes(name)) return undefined
    const wait = from + luck() * (to - from)
    const timer = setTimeout(() => setShown(fault(name)), wait * 1000)
    return () => clearTimeout(timer)
  }, [])
  return [shown, () => setShown(false)]
}

// Its mask covers everything, dialogs too, and takes every click that does not go to its button.
export function GuideOverlay() {
  const [shown, close] = useDrawn('guide_overlay', 0, 2)
  const [way] = useState(() => WAYS_OUT[Math.floor(luck() * WAYS_OUT.length)])
  if (!shown) return null
  return html`
    <div className=${css('style_guideMask')}>
      <div className="ecom-guide-single-content-wrapper">
        <strong>新功能引导</strong>
        <p>商品管理支持一次查询多个商品ID和商家编码，试试看吧。</p>
        <${Button} type="primary" size="small" onClick=${close}>${way}<//>
      </div>
    </div>`
}

export function NoticeDrawer() {
  const [shown, close] = useDrawn('notice_drawer', 0.5, 2)
  return html`
    <${Drawer} open=${shown} title="平台公告" width=${420} maskClosable=${false} onClose=${close}>
      <p>为保障消费者权益，部分类目的发货时效规则即将调整，请关注商品的发货时效与售后政策设置。</p>
      <p className="quiet">练习店铺后台</p>
    <//>`
}

export const DragController = () => html`
  <div className=${css('index_DragController')} title="服务助手">助手</div>`
