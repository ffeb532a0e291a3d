// /ffa/g/success and /ffa/g/audit: what a submitted product leads to.

import { go, html } from './kit.js'

const { Button, Card, Result } = window.antd

const GoodsResultPage = ({ params, status, title }) => {
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
        <${Result} status=${status} title=${title} subTitle=${`商品ID：${id}`} extra=${ways} />
      <//>
    </div>`
}

export const GoodsSuccessPage = ({ params }) => html`
  <${GoodsResultPage} params=${params} status="success"
    title="商品提交成功，继续发布商品视频，分享到抖音" />`

export const GoodsAuditPage = ({ params }) => html`
  <${GoodsResultPage} params=${params} status="info" title="已提交审核，审核通过后更新线上商品" />`
