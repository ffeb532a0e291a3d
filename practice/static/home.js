// /ffa/mshop/homepage/index: where one lands after the login.

import { PAGE, get, go, html, useEffect, useState } from './kit.js'

const { Button, Card } = window.antd

const FIGURES = [
  { tab: 'onSale', label: '售卖中' },
  { tab: 'offline', label: '仓库中' },
  { tab: 'auditing', label: '审核中' },
  { tab: 'rejected', label: '审核驳回' },
]

export function HomePage() {
  const [counts, setCounts] = useState({})
  useEffect(() => {
    get('/product/tproduct/aggsProductCount').then((answer) => setCounts(answer.data || {}))
  }, [])
  return html`
    <div className="page">
      <div className="page-title"><h2>抖店工作台</h2></div>
      <${Card} className="card" title=${`${PAGE.shop_name}，今天也辛苦了`}
        extra=${html`<${Button} type="primary" onClick=${() => go('/ffa/g/create')}>商品创建<//>`}>
        <div className="figures">
          ${FIGURES.map(({ tab, label }) => html`
            <a key=${tab} className="figure" onClick=${() => go(`/ffa/g/list?tab=${tab}`)}>
              <strong>${counts[tab] ?? '-'}</strong><span>${label}商品</span>
            </a>`)}
        </div>
      <//>
    </div>`
}
