// The shops of one account: after the login, and behind 切换组织/店铺 in the header.

import { PAGE, css, get, html, post, useEffect, useState } from './kit.js'

const { App } = window.antd

export function ShopPicker({ onChosen }) {
  const { message } = App.useApp()
  const [shops, setShops] = useState([])
  useEffect(() => {
    get('/ecomauth/loginv1/shops').then((answer) => setShops(answer.data || []))
  }, [])

  async function choose(shop) {
    const answer = await post('/ecomauth/loginv1/choose', { shop_id: shop.shop_id })
    if (answer.code === 0) onChosen()
    else message.error(answer.msg)
  }

  return html`
    <div className=${css('index_roles')}>
      ${shops.map((shop) => html`
        <div key=${shop.shop_id} className=${css('index_roleItem')} onClick=${() => choose(shop)}>
          <span className="brand-mark">${shop.shop_name.slice(0, 1)}</span>
          <strong>${shop.shop_name}</strong>
          <span className="quiet">店铺ID：${shop.shop_id}</span>
          ${shop.shop_id === PAGE.shop_id && html`<span className="quiet">当前店铺</span>`}
        </div>`)}
    </div>`
}
