// What the page itself finds wrong: field label to sentence, in the order of the form.

import { combinations, isFilled, skuKey, titleLength } from './goods_product.js'

const EMOJI = /[\u{1F000}-\u{1FAFF}\u2600-\u27BF\uFE0F\u20E3]/u
const MAX_TITLE = 60
const MAX_SHORT = 24

export function check(product, schema) {
  const errors = {}
  const note = (label, sentence) => {
    if (sentence && !errors[label]) errors[label] = sentence
  }
  note('商品标题', titleError(product.title))
  note('导购短标题', shortError(product.short_product_name))
  note('商家推荐语', EMOJI.test(product.recommend_remark) && '商家推荐语不支持表情符号')
  for (const one of schema?.attributes ?? []) {
    note(one.name, attributeError(one, product.attributes[one.name]))
  }
  note('品牌', !product.brand && '品牌必填，请重新选择品牌')
  note('主图', pictureError('主图', product.pic, true))
  note('主图3:4', pictureError('主图3:4', product.pic_3_4, false))
  note('商品详情', pictureError('商品详情', product.desc_pic, true) || togetherError(product))
  const rows = combinations(product.specs).map((values) => product.skus[skuKey(values)] || {})
  note('商品规格', !rows.length && '请填写商品规格')
  note('价格与库存', skuError(rows, schema))
  note('参考价', referenceError(product.reference, rows))
  note('运费模板', product.freight_id == null && '请选择运费模板')
  noteShipping(note, product)
  noteReturns(note, product, schema)
  return errors
}

function titleError(title) {
  if (!title.trim()) return '请填写商品标题'
  const length = titleLength(title)
  if (length < 2 || length > MAX_TITLE) return '商品标题需为2-60个字符（1-30个汉字）'
  return EMOJI.test(title) && '商品标题不支持表情符号'
}

function shortError(text) {
  if (titleLength(text) > MAX_SHORT) return `导购短标题不能超过${MAX_SHORT}个字符`
  return EMOJI.test(text) && '导购短标题不支持表情符号'
}

function attributeError({ name, type, required, max }, value) {
  if (!isFilled(value)) return required && '必填'
  if (Array.isArray(value) && value.length > max) return `${name}最多选择${max}项`
  if (type !== 'measure_multi') return ''
  if (value.some((part) => !(part.percent > 0))) return '请填写百分比'
  const whole = value.reduce((sum, part) => sum + Math.round(part.percent * 100), 0)
  return whole !== 10000 && `${name}百分比之和需等于100%`
}

function pictureError(label, files, required) {
  if (files.some((file) => file.status === 'uploading')) return '图片上传中，请稍候'
  if (files.some((file) => file.status === 'error')) return '校验未通过，请删除上传失败的图片'
  return required && !files.length && `请上传${label}`
}

function togetherError(product) {
  const used = new Set(product.specs[0]?.values ?? [])
  const specs = Object.keys(product.specPics).filter((value) => used.has(value)).length
  const together = product.pic.length + product.desc_pic.length + specs
  return together > 50 && '主图、商品详情、规格图合计不能超过50张'
}

function skuError(rows, schema) {
  if (rows.some((row) => row.price == null || row.stock_num == null)) return '请填写价格和现货库存'
  if (rows.some((row) => Number(row.price) <= 0)) return '价格需大于0'
  const max = schema?.rules.max_skus
  return rows.length > max && `SKU数量不能超过${max}个`
}

function referenceError({ type, price, proof }, rows) {
  if (type == null && price == null && !proof.length) return ''
  const prices = rows.map((row) => Number(row.price ?? 0))
  if (type == null) return '请选择参考价类型'
  if (price == null) return '请填写参考价'
  if (Number(price) <= Math.max(...prices)) return '参考价需大于商品价格'
  if (Number(price) >= 10 * Math.min(...prices)) return '参考价需小于最低SKU价格的10倍'
  return !proof.length && '请上传参考价凭证'
}

function noteShipping(note, product) {
  if (product.presell_type === 1) note('预售结束时间', !product.presell_end_time && '请选择预售结束时间')
  if (product.presell_type !== 0) note('预售发货时间', product.presell_delay == null && '请选择预售发货时间')
}

function noteReturns(note, product, schema) {
  const wrong = schema?.rules.seven_days && product.supply_7day_return !== 1
  note('售后政策', wrong && '该类目需要支持7天无理由退货')
  const { minimum_per_order: least, maximum_per_order: most, limit_per_buyer: ever } = product.limits
  const given = [least, most, ever].filter((one) => one != null)
  const sorted = given.every((one, at) => !at || given[at - 1] <= one)
  note('限购', !sorted && '限购需满足：单次起购 ≤ 单次限购 ≤ 累计限购')
}
