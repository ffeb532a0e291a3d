// The product as the form holds it: empty, read from the server, checked, and ready to send.
//
// `specs` is [{name, values: [...]}]; `skus` maps the key of one combination of values to what
// was typed for it, so that typed prices stay when a value is added.

export const MAX_MAIN = 5
export const MAX_DETAIL = 50
const MAX_TITLE = 60

export const emptyProduct = () => ({
  title: '',
  category: null,
  pic: [],
  desc_pic: [],
  brand_id: null,
  specs: [],
  skus: {},
  reduce_type: 1,
  freight_id: null,
  presell_type: 0,
  delivery_delay_day: 2,
  supply_7day_return: 1,
  outer_product_id: '',
  start_sale_type: 0,
})

// A 汉字 counts two.
export function titleLength(title) {
  return [...title].reduce((sum, sign) => sum + (sign.charCodeAt(0) < 128 ? 1 : 2), 0)
}

export const skuKey = (values) => values.join('\n')

// All combinations of the specs that have values, first spec slowest: [['白色', 'S'], …]
export function combinations(specs) {
  const used = specs.filter((spec) => spec.values.length)
  if (!used.length) return []
  return used.reduce(
    (rows, spec) => rows.flatMap((row) => spec.values.map((value) => [...row, value])),
    [[]],
  )
}

// The typed numbers under the keys the combinations have after a value got another name.
export function movedSkus(skus, oldSpecs, newSpecs) {
  const newKeys = combinations(newSpecs).map(skuKey)
  const moved = {}
  combinations(oldSpecs).forEach((values, at) => {
    moved[newKeys[at]] = skus[skuKey(values)]
  })
  return moved
}

export const uploaded = (files) => files.filter((file) => file.status === 'done')

const asFile = ({ id, url }) => ({ uid: id, name: id.slice(0, 8), status: 'done', url, response: { id, url } })

export function fromDetail(detail, usualSpecs) {
  const unused = usualSpecs.filter((name) => !detail.spec_detail.some((spec) => spec.name === name))
  const skus = {}
  for (const sku of detail.sku_detail) {
    skus[skuKey(sku.spec)] = { price: sku.price / 100, stock_num: sku.stock_num, code: sku.code }
  }
  return {
    ...detail,
    category: { id: detail.category_leaf_id, text: detail.category_name },
    pic: detail.pic.map(asFile),
    desc_pic: detail.desc_pic.map(asFile),
    specs: [...detail.spec_detail, ...unused.map((name) => ({ name, values: [] }))],
    skus,
  }
}

export function toForm(product, editedId) {
  const fen = (price) => (price == null ? null : Math.round(Number(price) * 100))
  const form = {
    title: product.title,
    category_leaf_id: product.category.id,
    pic: uploaded(product.pic).map((file) => file.response.id),
    desc_pic: uploaded(product.desc_pic).map((file) => file.response.id),
    spec_detail: product.specs.filter((spec) => spec.values.length),
    sku_detail: combinations(product.specs).map((values) => {
      const typed = product.skus[skuKey(values)] || {}
      const code = (typed.code || '').trim()
      return { spec: values, price: fen(typed.price), stock_num: typed.stock_num ?? null, code }
    }),
    outer_product_id: product.outer_product_id.trim(),
  }
  const plain = [
    'brand_id', 'reduce_type', 'freight_id', 'presell_type', 'delivery_delay_day',
    'supply_7day_return', 'start_sale_type',
  ]
  for (const node of plain) form[node] = product[node]
  if (editedId) form.product_id = editedId
  return form
}

// What the page itself finds wrong: field label to sentence.
export function check(product) {
  const errors = {}
  const length = titleLength(product.title)
  if (!product.title.trim()) errors['商品标题'] = '请填写商品标题'
  else if (length < 2 || length > MAX_TITLE) errors['商品标题'] = '商品标题需为2-60个字符（1-30个汉字）'
  checkPictures(errors, '主图', product.pic)
  checkPictures(errors, '商品详情', product.desc_pic)
  if (product.brand_id == null) errors['品牌'] = '品牌必填，请重新选择品牌'
  if (product.freight_id == null) errors['运费模板'] = '请选择运费模板'
  checkSkus(errors, product)
  return errors
}

function checkPictures(errors, label, files) {
  if (files.some((file) => file.status === 'uploading')) errors[label] = '图片上传中，请稍候'
  else if (files.some((file) => file.status === 'error')) errors[label] = '校验未通过，请删除上传失败的图片'
  else if (!files.length) errors[label] = `请上传${label}`
}

function checkSkus(errors, product) {
  const rows = combinations(product.specs).map((values) => product.skus[skuKey(values)] || {})
  if (!rows.length) errors['商品规格'] = '请填写商品规格'
  else if (rows.some((row) => row.price == null || row.stock_num == null)) {
    errors['价格与库存'] = '请填写价格和现货库存'
  } else if (rows.some((row) => Number(row.price) <= 0)) errors['价格与库存'] = '价格需大于0'
}
