// /ffa/g/success: what a submitted product leads to.

import { go, html } from './kit.js'

const { Button, Card, Result } = window.antd

export function GoodsSuccessPage({ params }) {
  const id = params.get('product_id')
  const ways = [
    html`<${Button} key="again" type="primary" onClick=${() => go('/ffa/g/create')}>继续发布<//>`,
    html`<${Button} key="list" onClick=${() => go('/ffa/g/list?tab=all')}>返回商品列表<//>`,
    html`<${Button} key="edit"
      onClick=${() => go(`/ffa/g/create?product_id=${id}&entrance=edit`)}>编辑商品<//>`,
  ]
  return html`
    <div className="page">
      <${Card} className="card">
        <${Result} status="success" title="商品提交成功，需审核通过后生效"
          subTitle=${`商品ID：${id}`} extra=${ways} />
      <//>
    </div>`
}
