// Fields that hold pictures: uploaded one by one, sorted by dragging, filled from other fields.

import { html, post, postFile, useState } from './kit.js'
import { Field } from './goods_fields.js'
import { MAX_DETAIL, MAX_MAIN, asFile, uploaded } from './goods_product.js'
import { usePart } from './goods_state.js'

const { App, Button, Upload } = window.antd

const MAX_BYTES = 5 * 1024 * 1024
const PICTURE_TYPES = ['image/jpeg', 'image/png']

function refusal(file) {
  if (!PICTURE_TYPES.includes(file.type)) return '仅支持jpg、jpeg、png格式的图片'
  if (file.size > MAX_BYTES) return '图片大小不能超过5MB'
  return ''
}

// Sends one file; gives {id, url}, or says why not and gives null.
export async function sendPicture(file, use, message) {
  const reason = refusal(file)
  const answer = reason ? { code: 1, msg: reason } : await postFile(`/product/img/upload?use=${use}`, file)
  if (answer.code === 0) return answer.data
  message.error(`${file.name}：${answer.msg}`)
  return null
}

const withAddress = (file) => (file.response?.url ? { ...file, url: file.response.url } : file)

// A list of pictures; `use` tells the server which shape they must have.
export function PictureList({ files, onChange, max, use, buttonText, label }) {
  const { message } = App.useApp()
  const [dragged, setDragged] = useState(null)

  function beforeUpload(file) {
    const reason = refusal(file)
    if (!reason) return true
    message.error(`${file.name}：${reason}`)
    return Upload.LIST_IGNORE
  }

  async function send({ file, onSuccess, onError }) {
    const picture = await sendPicture(file, use, message)
    if (picture) onSuccess(picture)
    else onError(new Error('图片上传失败'))
  }

  function drop(file) {
    const rest = files.filter((one) => one.uid !== dragged.uid)
    const at = files.findIndex((one) => one.uid === file.uid)
    onChange(rest.toSpliced(at, 0, dragged))
  }

  const draggable = (item, file) => html`
    <div className="picture" draggable onDragStart=${() => setDragged(file)}
      onDragOver=${(event) => event.preventDefault()} onDrop=${() => drop(file)}>${item}</div>`
  const button = html`<div><div className="plus">+</div>${buttonText}</div>`
  return html`
    <${Upload} listType="picture-card" multiple=${max > 1} accept="image/*" maxCount=${max}
      fileList=${files} beforeUpload=${beforeUpload} customRequest=${send} itemRender=${draggable}
      previewFile=${() => Promise.resolve('')} showUploadList=${{ showPreviewIcon: false }}
      onChange=${({ fileList }) => onChange(fileList.map(withAddress))}>
      ${files.length < max && button}
    <//>
    <span className="counter">${label}（${uploaded(files).length}/${max}）</span>`
}

function PictureField({ form, label, part, required, hint, tools, more, counted, ...list }) {
  const files = usePart(form, part)
  return html`
    <${Field} form=${form} label=${label} required=${required} hint=${hint}>
      ${tools}
      <${PictureList} files=${files} onChange=${(next) => form.set(part, next)} label=${counted}
        ...${list} />
      ${more}
    <//>`
}

export const MainPictures = ({ form }) => html`
  <${PictureField} form=${form} label="主图" part="pic" required max=${MAX_MAIN} use="main"
    buttonText="商品正面图" hint="宽高比1:1，至少600×600，jpg/jpeg/png，不超过5MB"
    more=${html`<${MoreSlots} form=${form} />`} />`

const SLOTS = ['商品侧面图', '商品背面图', '商品平铺图', '商品细节图']

// Beside the list four slots for one file each; they add to the same list.
function MoreSlots({ form }) {
  const { message } = App.useApp()
  const files = usePart(form, 'pic')

  async function take(event) {
    const [file] = event.target.files
    event.target.value = ''
    const picture = await sendPicture(file, 'main', message)
    if (picture) form.set('pic', (old) => [...old, asFile(picture)].slice(0, MAX_MAIN))
  }

  return html`
    <div className="slots">
      ${SLOTS.map((name, at) => html`
        <label key=${name} className="slot" hidden=${files.length + at >= MAX_MAIN}>
          + ${name}<input type="file" accept="image/*" hidden onChange=${take} />
        </label>`)}
    </div>`
}

export const WhitePicture = ({ form }) => html`
  <${PictureField} form=${form} label="白底图" part="white_pic" max=${1} use="white"
    buttonText="上传图片" hint="宽高比1:1，纯白背景" />`

export function TallPictures({ form }) {
  const { message } = App.useApp()

  async function make(how) {
    const sources = uploaded(form.state.product.pic)
    if (!sources.length) return message.warning('请先上传主图')
    const answers = await Promise.all(
      sources.map((file) => post('/product/img/tall', { id: file.response.id, how })),
    )
    const made = answers.filter((answer) => answer.code === 0).map((answer) => asFile(answer.data))
    if (made.length < sources.length) message.error('图片生成失败，请重试')
    form.set('pic_3_4', made)
  }

  const tools = html`
    <div className="tools">
      <${Button} size="small" onClick=${() => make('crop')}>从1:1主图智能裁剪<//>
      <${Button} size="small" onClick=${() => make('pad')}>从1:1主图一键填入<//>
    </div>`
  return html`
    <${PictureField} form=${form} label="主图3:4" part="pic_3_4" max=${MAX_MAIN} use="tall"
      buttonText="上传图片" hint="宽高比3:4，jpg/jpeg/png，不超过5MB" tools=${tools} />`
}

export function DetailPictures({ form }) {
  const { message } = App.useApp()

  function fill() {
    const sources = uploaded(form.state.product.pic)
    if (!sources.length) return message.warning('请先上传主图')
    const copies = sources.map((file) => asFile(file.response))
    form.set('desc_pic', (files) => [...files, ...copies].slice(0, MAX_DETAIL))
  }

  const tools = html`
    <div className="tools">
      <${Button} size="small" onClick=${fill}>从主图填入<//>
      <${Button} size="small" id="material-button-guider"
        onClick=${() => message.info('素材中心暂无图片')}>从素材中心选择<//>
    </div>`
  return html`
    <${PictureField} form=${form} label="商品详情" part="desc_pic" required max=${MAX_DETAIL}
      use="detail" buttonText="上传图片" counted="商详图片" hint="拖动图片可调整顺序" tools=${tools} />`
}
