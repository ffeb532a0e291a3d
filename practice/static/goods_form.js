// The second step, and the edit page: the whole form with its bar at the bottom.

import { fault, get, html, useEffect, usePopupName, useRef, useState } from './kit.js'
import { AttributesField } from './goods_attributes.js'
import { ChosenCategory } from './goods_category.js'
import { Field, RadioField, ShortTitleField, TextField, TitleField } from './goods_fields.js'
import { DetailPictures, MainPictures, TallPictures, WhitePicture } from './goods_pictures.js'
import { ServiceFields } from './goods_service.js'
import { ReferencePriceField, SkuField } from './goods_skus.js'
import { SizeChart, hasSizes } from './goods_sizes.js'
import { SpecField } from './goods_specs.js'
import { SubmitBar } from './goods_submit.js'
import { usePart } from './goods_state.js'

const { Alert, Card, Form, Select } = window.antd

const NEXT_SECTION_MS = 80
const SLOW_FIRST_MS = 1000
const SLOW_LAST_MS = 3000

const Section = ({ name, children }) => html`
  <div id=${`anchor-${name}`}><${Card} className="card" title=${name}>${children}<//></div>`

// The sections below the first appear one after the other.
function useArrived(count) {
  const [arrived, setArrived] = useState(1)
  useEffect(() => {
    const slow = fault('slow_section')
    const step = slow ? (SLOW_LAST_MS - SLOW_FIRST_MS) / (count - 2) : NEXT_SECTION_MS
    const first = slow ? SLOW_FIRST_MS : NEXT_SECTION_MS
    const wait = (at) => setTimeout(() => setArrived(at + 2), first + at * step)
    const timers = Array.from({ length: count - 1 }, (_, at) => wait(at))
    return () => timers.forEach(clearTimeout)
  }, [])
  return arrived
}

export function GoodsForm({ form, editedId, reasons, onReset }) {
  const sections = [
    html`<${BasicSection} key="basic" form=${form} />`,
    html`<${PictureSection} key="pictures" form=${form} />`,
    html`<${PriceSection} key="price" form=${form} />`,
    hasSizes(form.state.schema) && html`
      <${Section} key="sizes" name="尺码信息"><${SizeChart} form=${form} /><//>`,
    html`<${Section} key="service" name="服务与履约">
      <${ServiceFields} form=${form} edited=${Boolean(editedId)} />
    <//>`,
  ].filter(Boolean)
  const arrived = useArrived(sections.length)
  return html`
    <div className="page narrow with-bar">
      <div className="page-title"><h2>${editedId ? '编辑商品' : '商品创建'}</h2></div>
      <${Reasons} reasons=${reasons} />
      <${Form} component=${false} labelCol=${{ flex: '128px' }} wrapperCol=${{ flex: '1 1 0' }}
        colon=${false}>
        ${sections.slice(0, arrived)}
      <//>
      <${SubmitBar} form=${form} editedId=${editedId} onReset=${onReset} />
    </div>`
}

// Why the audit said no to the last submit.
function Reasons({ reasons }) {
  const lines = Object.entries(reasons ?? {}).flatMap(([field, said]) =>
    said.map((one) => html`<li key=${field + one}>${field}：${one}</li>`))
  if (!lines.length) return null
  return html`
    <${Alert} className="card" type="error" showIcon message="审核未通过"
      description=${html`<ul className="audit-reasons">${lines}</ul>`} />`
}

const BasicSection = ({ form }) => html`
  <${Section} name="基础信息">
    <${CategoryShown} form=${form} />
    <${TitleField} form=${form} withBrand />
    <${ShortTitleField} form=${form} />
    <${TextField} form=${form} label="商家推荐语" part="recommend_remark" placeholder="请输入商家推荐语" />
    <${AttributesField} form=${form} />
    <${BrandField} form=${form} />
    <${TextField} form=${form} label="商家编码" part="outer_product_id" placeholder="请输入商家编码"
      maxLength=${255} />
  <//>`

const PictureSection = ({ form }) => html`
  <${Section} name="图文信息">
    <${MainPictures} form=${form} />
    <${TallPictures} form=${form} />
    <${WhitePicture} form=${form} />
    <${DetailPictures} form=${form} />
  <//>`

const PriceSection = ({ form }) => html`
  <${Section} name="价格与库存">
    <${SpecField} form=${form} />
    <${SkuField} form=${form} />
    <${ReferencePriceField} form=${form} />
    <${RadioField} form=${form} label="订单库存计数" part="reduce_type"
      options=${form.state.schema.options.stock_counts} />
  <//>`

const CategoryShown = ({ form }) => html`
  <${Field} form=${form} label="商品类目" required>
    <${ChosenCategory} category=${usePart(form, 'category')} />
  <//>`

// Searched on the server; what is chosen is held with its name.
function BrandField({ form }) {
  const brand = usePart(form, 'brand')
  const [found, setFound] = useState(form.state.schema.options.brands)
  const question = useRef(0)

  function search(query) {
    const mine = ++question.current
    setTimeout(async () => {
      if (mine !== question.current) return // another key was pressed
      const answer = await get('/product/tproduct/brandList', { query })
      if (mine === question.current && answer.code === 0) setFound(answer.data)
    }, 200)
  }

  return html`
    <${Field} form=${form} label="品牌" required>
      <${Select} ...${usePopupName()} className="select" placeholder="请选择品牌" showSearch
        filterOption=${false}
        labelInValue value=${brand} options=${found} onSearch=${search}
        onChange=${(chosen) => form.set('brand', { value: chosen.value, label: chosen.label })} />
    <//>`
}
