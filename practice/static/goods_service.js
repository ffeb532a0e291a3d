// 服务与履约: how it is sent, when, and what a buyer may do.

import { html } from './kit.js'
import { Field, RadioField, SwitchField } from './goods_fields.js'
import { FreightField } from './goods_freight.js'
import { usePart } from './goods_state.js'

const { dayjs } = window
const { DatePicker, InputNumber, Select, Space } = window.antd

const TIME = 'YYYY-MM-DD HH:mm:ss'
const DELAYS = Array.from({ length: 29 }, (_, at) => at + 2)
const ON_EDIT = { 立即上架: '上架', 放入仓库: '下架' }

export function ServiceFields({ form, edited }) {
  const { options } = form.state.schema
  const starts = options.sale_starts.map(({ label, value }) => ({
    value,
    label: edited ? ON_EDIT[label] : label,
  }))
  return html`
    <${FreightField} form=${form} />
    <${RadioField} form=${form} label="发货模式" part="presell_type" options=${options.ship_modes} />
    <${ShippingTime} form=${form} delays=${options.ship_delays} />
    <${RadioField} form=${form} label="售后政策" part="supply_7day_return"
      options=${options.return_policies} />
    <${LimitsField} form=${form} />
    <${RadioField} form=${form} label="上架方式" part="start_sale_type" options=${starts} />
    <${SwitchField} form=${form} label="支持联盟达人带货" part="alliance"
      beside=${html`<${Commission} form=${form} />`} />
    <${SwitchField} form=${form} label="商品优惠券" part="coupon" />`
}

function ShippingTime({ form, delays }) {
  const mode = usePart(form, 'presell_type')
  return html`
    ${mode !== 1 && html`
      <${RadioField} form=${form} label="发货时效" part="delivery_delay_day" options=${delays} />`}
    ${mode === 1 && html`<${PresaleEnd} form=${form} />`}
    ${mode !== 0 && html`<${PresaleDelay} form=${form} mode=${mode} />`}`
}

function PresaleEnd({ form }) {
  const end = usePart(form, 'presell_end_time')
  const outside = (day) => day.isBefore(dayjs(), 'day') || day.isAfter(dayjs().add(30, 'day'))
  return html`
    <${Field} form=${form} label="预售结束时间" required hint="30天以内">
      <${DatePicker} className="select" showTime format=${TIME} disabledDate=${outside}
        value=${end ? dayjs(end) : null}
        onChange=${(day) => form.set('presell_end_time', day ? day.format(TIME) : '')} />
    <//>`
}

function PresaleDelay({ form, mode }) {
  const words = mode === 1 ? '预售结束后' : '支付成功后'
  return html`
    <${Field} form=${form} label="预售发货时间" required>
      <${Select} className="select" placeholder="请选择预售发货时间" showSearch optionFilterProp="label"
        options=${DELAYS.map((days) => ({ value: days, label: `${words}${days}天内发货` }))}
        value=${usePart(form, 'presell_delay')}
        onChange=${(days) => form.set('presell_delay', days)} />
    <//>`
}

function Commission({ form }) {
  return html`
    <span className="commission">佣金率 <${InputNumber} min=${0} max=${100} precision=${2}
      controls=${false} suffix="%" disabled=${!usePart(form, 'alliance')}
      value=${usePart(form, 'commission_rate')}
      onChange=${(rate) => form.set('commission_rate', rate)} /></span>`
}

function LimitsField({ form }) {
  const limits = usePart(form, 'limits')
  const number = (part, words) => html`
    <${InputNumber} placeholder=${words} min=${1} precision=${0} controls=${false} addonAfter="件"
      value=${limits[part]} onChange=${(value) => form.set('limits', { ...limits, [part]: value })} />`
  return html`
    <${Field} form=${form} label="限购">
      <${Space} wrap>
        ${number('maximum_per_order', '单次限购')}
        ${number('limit_per_buyer', '累计限购')}
        ${number('minimum_per_order', '单次起购')}
      <//>
    <//>`
}
