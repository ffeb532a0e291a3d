// The product as the form holds it: empty, read from the server, and ready to send.
//
// `specs` is [{name, values: [...]}]; `skus` maps the key of one combination of values to what
// was typed for it, so that typed prices stay when a value is added; `specPics` maps a value of
// the first spec to its picture.

export const MAX_MAIN = 5
export const MAX_DETAIL = 50

export const emptyProduct = () => ({
  title: '',
  short_product_name: '',
  recommend_remark: '',
  category: null,
  attributes: {},
  brand: null,
  outer_product_id: '',
  pic: [],
  pic_3_4: [],
  white_pic: [],
  desc_pic: [],
  specs: [],
  skus: {},
  specPics: {},
  reference: { type: null, price: null, proof: [] },
  reduce_type: 1,
  freight_id: null,
  presell_type: 0,
  delivery_delay_day: 2,
  presell_end_time: '',
  presell_delay: null,
  supply_7day_return: 1,
  limits: {},
  start_sale_type: 0,
  alliance: false,
  coupon: false,
  commission_rate: null,
  size_chart: {},
  draft_id: null,
})

// A new product enters the second step: its category brings specs and a 发货时效 that it allows.
export function withSchema(product, schema) {
  const known = new Set(product.specs.map((spec) => spec.name))
  const unused = schema.spec_names.filter((name) => !known.has(name))
  const delays = schema.options.ship_delays.map((one) => one.value)
  const allowed = delays.includes(product.delivery_delay_day)
  return {
    ...product,
    specs: [...product.specs, ...unused.map((name) => ({ name, values: [] }))],
    delivery_delay_day: allowed ? product.delivery_delay_day : delays.at(-1),
  }
}

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

let copies = 0
export const asFile = ({ id, url }) => ({
  uid: `${id}-${++copies}`, // the same picture may stand in a field twice
  name: id.slice(0, 8),
  status: 'done',
  url,
  response: { id, url },
})

export function fromDetail(detail) {
  const files = (pictures) => pictures.filter(Boolean).map(asFile)
  const skus = {}
  const specPics = {}
  for (const sku of detail.sku_detail) {
    const price = sku.price == null ? null : sku.price / 100
    skus[skuKey(sku.spec)] = { price, stock_num: sku.stock_num, code: sku.code }
    if (sku.sku_pic) specPics[sku.spec[0]] = sku.sku_pic
  }
  const category = detail.goods_category && { id: detail.goods_category, text: detail.category_name }
  return {
    ...emptyProduct(),
    ...detail,
    category,
    brand: detail.brand_id && { value: detail.brand_id, label: detail.brand_name },
    pic: files(detail.pic),
    pic_3_4: files(detail.pic_3_4),
    white_pic: files([detail.white_pic]),
    desc_pic: files(detail.desc_pic),
    specs: detail.spec_detail,
    skus,
    specPics,
    reference: readReference(detail.reference_price),
    limits: detail.limits || {},
  }
}

// A copy is a new product: it must not carry another one's codes.
export function copyOf(detail) {
  const product = fromDetail(detail)
  const skus = Object.entries(product.skus).map(([id, sku]) => [id, { ...sku, code: '' }])
  return { ...product, outer_product_id: '', skus: Object.fromEntries(skus), draft_id: null }
}

const readReference = (node) => ({
  type: node?.type ?? null,
  price: node?.price == null ? null : node.price / 100,
  proof: node?.proof ? [asFile(node.proof)] : [],
})

const PLAIN = [
  'title', 'short_product_name', 'recommend_remark', 'attributes', 'reduce_type', 'freight_id',
  'presell_type', 'delivery_delay_day', 'presell_end_time', 'presell_delay', 'supply_7day_return',
  'start_sale_type', 'alliance', 'coupon', 'commission_rate', 'size_chart', 'draft_id',
]
const fen = (price) => (price == null ? null : Math.round(Number(price) * 100))
const ids = (files) => uploaded(files).map((file) => file.response.id)

export function toForm(product, editedId) {
  const form = {
    goods_category: product.category?.id ?? null,
    brand_id: product.brand?.value ?? null,
    outer_product_id: product.outer_product_id.trim(),
    pic: ids(product.pic),
    pic_3_4: ids(product.pic_3_4),
    white_pic: ids(product.white_pic)[0] ?? '',
    desc_pic: ids(product.desc_pic),
    spec_detail: product.specs.filter((spec) => spec.values.length)
      .map(({ name, values }) => ({ name, values })),
    sku_detail: combinations(product.specs).map((values) => skuNode(product, values)),
    reference_price: referenceNode(product.reference),
    limits: limitsNode(product.limits),
  }
  for (const node of PLAIN) form[node] = product[node]
  if (editedId) form.product_id = editedId
  return form
}

function skuNode(product, values) {
  const typed = product.skus[skuKey(values)] || {}
  return {
    spec: values,
    price: fen(typed.price),
    stock_num: typed.stock_num ?? null,
    code: (typed.code || '').trim(),
    sku_pic: product.specPics[values[0]]?.id ?? '',
  }
}

function referenceNode({ type, price, proof }) {
  if (type == null && price == null && !proof.length) return null
  return { type, price: fen(price), proof: ids(proof)[0] ?? '' }
}

const limitsNode = (limits) => ({
  maximum_per_order: limits.maximum_per_order ?? null,
  limit_per_buyer: limits.limit_per_buyer ?? null,
  minimum_per_order: limits.minimum_per_order ?? null,
})

export const isFilled = (value) => (Array.isArray(value) ? value.length > 0 : value != null && value !== '')

// What a publish reminds of: nothing of it is required.
export function recommended(product, schema) {
  const important = schema.attributes.filter((one) => one.important)
  const open = important.filter((one) => !isFilled(product.attributes[one.name]))
  const missing = []
  if (!product.short_product_name) missing.push('导购短标题')
  if (open.length) missing.push(`重要属性（还有${open.length}项未填）`)
  if (!product.pic_3_4.length) missing.push('主图3:4')
  return missing
}
