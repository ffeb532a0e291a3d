// The second step, and the edit page: the whole form with its bar at the bottom.

import { go, html, post, useState } from './kit.js'
import { ChosenCategory, Field, PictureField, TitleField } from './goods_fields.js'
import { MAX_DETAIL, MAX_MAIN, check, toForm } from './goods_product.js'
import { SkuField, SpecField } from './goods_specs.js'

const { App, Button, Card, Form, Input, Modal, Radio, Select } = window.antd

const Section = ({ name, children }) => html`
  <div id=${`anchor-${name}`}><${Card} className="card" title=${name}>${children}<//></div>`

export function GoodsForm({ product, set, schema, editedId }) {
  const { message } = App.useApp()
  const [checked, setChecked] = useState(false) // once asked for, the marks follow the typing
  const [asking, setAsking] = useState(false)
  const [busy, setBusy] = useState(false)

  const errors = checked ? check(product) : {}

  function findErrors() {
    setChecked(true)
    const [first] = Object.keys(check(product))
    if (!first) return false
    message.error('校验未通过，请检查标红的内容')
    document.querySelector(`[attr-field-id="${first}"]`).scrollIntoView({ block: 'center' })
    return true
  }

  function checkOnly() {
    if (!findErrors()) message.success('填写检查通过')
  }

  async function publish() {
    setAsking(false)
    setBusy(true)
    const verb = editedId ? 'editWithSchema' : 'addWithSchema'
    const answer = await post(`/product/tproduct/${verb}?check_status=2`, toForm(product, editedId))
    setBusy(false)
    if (answer.code !== 0) return message.error(`发布失败：${answer.msg}`)
    message.success('提交成功')
    go(`/ffa/g/success?product_id=${answer.data.product_id}`)
  }

  return html`
    <div className="page narrow with-bar">
      <div className="page-title"><h2>${editedId ? '编辑商品' : '商品创建'}</h2></div>
      <${Form} component=${false} labelCol=${{ flex: '108px' }} wrapperCol=${{ flex: 'auto' }}
        colon=${false}>
        <${Sections} product=${product} set=${set} options=${schema.options} errors=${errors} />
      <//>
      <div className="submit-bar">
        <${Button} type="primary" loading=${busy}
          onClick=${() => findErrors() || setAsking(true)}>发布商品<//>
        <${Button} disabled>保存草稿<//>
        <${Button} onClick=${checkOnly}>填写检查<//>
      </div>
      <${PublishReminder} open=${asking} onBack=${() => setAsking(false)} onGo=${publish} />
    </div>`
}

function PublishReminder({ open, onBack, onGo }) {
  const footer = html`
    <${Button} onClick=${onBack}>返回修改<//>
    <${Button} type="primary" onClick=${onGo}>不修改，继续发布<//>`
  return html`
    <${Modal} open=${open} title="发布提醒" width=${480} footer=${footer} onCancel=${onBack}>
      <p>以下信息补充后更容易通过审核并获得流量：</p>
      <p className="quiet">建议补充主图视频、导购短标题和类目属性。</p>
    <//>`
}

function Sections({ product, set, options, errors }) {
  const choice = (label, part, list) => html`
    <${Field} label=${label} required error=${errors[label]}>
      <${Radio.Group} options=${options[list]} value=${product[part]}
        onChange=${(event) => set(part, event.target.value)} />
    <//>`
  const select = (label, part, list, search) => html`
    <${Field} label=${label} required error=${errors[label]}>
      <${Select} className="select" placeholder=${`请选择${label}`} options=${options[list]}
        value=${product[part]} showSearch=${search} optionFilterProp="label"
        onChange=${(code) => set(part, code)} />
    <//>`
  return html`
    <${Section} name="基础信息">
      <${TitleField} product=${product} set=${set} error=${errors['商品标题']} />
      <${Field} label="商品类目" required><${ChosenCategory} category=${product.category} /><//>
      ${select('品牌', 'brand_id', 'brands', true)}
      <${CodeField} product=${product} set=${set} />
    <//>
    <${Section} name="图文信息">
      <${PictureField} label="主图" buttonText="商品正面图" files=${product.pic} max=${MAX_MAIN}
        use="main" error=${errors['主图']} onChange=${(files) => set('pic', files)}
        hint="宽高比1:1，至少600×600，jpg/jpeg/png，不超过5MB" />
      <${PictureField} label="商品详情" buttonText="上传图片" files=${product.desc_pic}
        max=${MAX_DETAIL} use="detail" error=${errors['商品详情']}
        onChange=${(files) => set('desc_pic', files)} />
    <//>
    <${Section} name="价格与库存">
      <${SpecField} product=${product} set=${set} error=${errors['商品规格']} />
      <${SkuField} product=${product} set=${set} error=${errors['价格与库存']} />
      ${choice('订单库存计数', 'reduce_type', 'stock_counts')}
    <//>
    <${Section} name="服务与履约">
      ${select('运费模板', 'freight_id', 'freight_templates', false)}
      ${choice('发货模式', 'presell_type', 'ship_modes')}
      ${choice('发货时效', 'delivery_delay_day', 'ship_delays')}
      ${choice('售后政策', 'supply_7day_return', 'return_policies')}
      ${choice('上架方式', 'start_sale_type', 'sale_starts')}
    <//>`
}

const CodeField = ({ product, set }) => html`
  <${Field} label="商家编码">
    <${Input} className="select" placeholder="请输入商家编码" maxLength=${255}
      value=${product.outer_product_id}
      onChange=${(event) => set('outer_product_id', event.target.value)} />
  <//>`
