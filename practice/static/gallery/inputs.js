// Text, numbers, switches, dates, files and a form that complains.

import { html, useRef } from '../kit.js'
import { Field } from './field.js'
import { give, hold, note, useHeld } from './truth.js'

const {
  Button, Checkbox, DatePicker, Form, Input, InputNumber, Radio, Switch, Upload,
} = window.antd

const withCommas = (value) => `${value}`.replace(/\B(?=(\d{3})+(?!\d))/g, ',')

function Numbers() {
  const [title, setTitle] = useHeld('商品标题', '')
  const [remark, setRemark] = useHeld('备注', '')
  const [price, setPrice] = useHeld('售价', null)
  const [stock, setStock] = useHeld('库存', null)
  return html`
    <${Field} label="商品标题">
      <${Input} value=${title} maxLength=${30} showCount onChange=${(e) => setTitle(e.target.value)} />
    <//>
    <${Field} label="备注">
      <${Input.TextArea} value=${remark} onChange=${(e) => setRemark(e.target.value)} />
    <//>
    <${Field} label="售价">
      <${InputNumber} className="narrow" value=${price} precision=${2} prefix="￥" onChange=${setPrice}
        formatter=${(value) => value && withCommas(value)}
        parser=${(text) => text.replace(/,/g, '')} />
    <//>
    <${Field} label="库存">
      <${InputNumber} value=${stock} min=${0} max=${9999} onChange=${setStock} />
    <//>`
}

const SERVICES = ['七天无理由', '运费险', '极速退款']
const SPEEDS = ['24小时', '48小时以上', '48小时'] // the last is the beginning of the one before
const SALES = ['现货', '预售', '现货+预售']

function Ticks() {
  const [on, setOn] = useHeld('启用', false)
  const [agreed, setAgreed] = useHeld('我已阅读', false)
  const [services, setServices] = useHeld('服务', [])
  const [speed, setSpeed] = useHeld('发货时效', null)
  const [sale, setSale] = useHeld('销售模式', '现货')
  return html`
    <${Field} label="启用"><${Switch} checked=${on} onChange=${setOn} /><//>
    <${Field} label="协议">
      <${Checkbox} checked=${agreed} onChange=${(e) => setAgreed(e.target.checked)}>我已阅读<//>
    <//>
    <${Field} label="服务">
      <${Checkbox.Group} options=${SERVICES} value=${services} onChange=${setServices} />
    <//>
    <${Field} label="发货时效">
      <${Radio.Group} options=${SPEEDS} value=${speed} onChange=${(e) => setSpeed(e.target.value)} />
    <//>
    <${Field} label="销售模式">
      <${Radio.Group} optionType="button" options=${SALES} value=${sale}
        onChange=${(e) => setSale(e.target.value)} />
    <//>`
}

const DAY = 'YYYY-MM-DD'
const MINUTE = 'YYYY-MM-DD HH:mm:ss'

function Dates() {
  const [day, setDay] = useHeld('生效日期', null, (value) => value?.format(DAY))
  const [time, setTime] = useHeld('开售时间', null, (value) => value?.format(MINUTE))
  const [days, setDays] = useHeld('活动时间', null, (two) => two?.map((one) => one?.format(DAY)))
  const [times, setTimes] = useHeld('下单时间', null, (two) => two?.map((one) => one?.format(MINUTE)))
  return html`
    <${Field} label="生效日期"><${DatePicker} value=${day} onChange=${setDay} /><//>
    <${Field} label="开售时间"><${DatePicker} showTime value=${time} onChange=${setTime} /><//>
    <${Field} label="活动时间"><${DatePicker.RangePicker} value=${days} onChange=${setDays} /><//>
    <${Field} label="下单时间">
      <${DatePicker.RangePicker} showTime value=${times} onChange=${setTimes} />
    <//>`
}

function Pictures() {
  const done = (files) => files.filter((file) => file.status === 'done').map((file) => file.name)
  const [files, setFiles] = useHeld('主图', [], done)
  const attempts = useRef({})

  async function send({ file, onSuccess, onError }) {
    const attempt = (attempts.current[file.name] || 0) + 1
    attempts.current[file.name] = attempt
    const answer = await give('upload', { name: file.name, attempt }, file)
    if (answer.code === 0) onSuccess(answer.data)
    else onError(new Error(answer.msg))
  }

  return html`
    <${Field} label="主图">
      <${Upload} listType="picture-card" multiple fileList=${files} customRequest=${send}
        previewFile=${() => Promise.resolve('')} onChange=${({ fileList }) => setFiles(fileList)}>
        <div>上传图片</div>
      <//>
    <//>`
}

function Complaints() {
  const needed = (message) => [{ required: true, message }]
  return html`
    <${Form} id="complaints" onFinish=${(values) => note('提交', values)}
      onFinishFailed=${({ errorFields }) => hold('错误', errorFields.flatMap((one) => one.errors))}>
      <${Form.Item} label="联系人" name="person" rules=${needed('请输入联系人')}><${Input} /><//>
      <${Form.Item} label="手机号" name="mobile" rules=${needed('请输入手机号')}><${Input} /><//>
      <${Button} htmlType="submit">提交<//>
    <//>`
}

export const Inputs = () => html`
  <${Numbers} /><${Ticks} /><${Dates} /><${Pictures} /><${Complaints} />`
