// Selects, trees and cascaders.

import { PAGE, html, useRef, useState } from '../kit.js'
import { Field } from './field.js'
import { ask, useHeld } from './truth.js'

const { Cascader, Select, TreeSelect } = window.antd

// The value is a number and the label a word, as on the real site: the two must not be confused.
const numbered = (labels) => labels.map((label, at) => ({ label, value: 1000 + at }))

const BRANDS = numbered(PAGE.brands)
const COUNTRIES = numbered(PAGE.brands.map((brand) => brand.replace('品牌', '产地')))
const SEASONS = numbered(Array.from({ length: 60 }, (_, at) => `第${at + 1}季`))
const labels = (options) => (options || []).map((option) => option.label)

function Singles() {
  const [brand, setBrand] = useHeld('品牌', null, (one) => one?.label)
  const [country, setCountry] = useHeld('产地', null, (one) => one?.label)
  return html`
    <${Field} label="品牌">
      <${Select} className="narrow" showSearch optionFilterProp="label" allowClear options=${BRANDS}
        value=${brand?.value} onChange=${(_, option) => setBrand(option)} placeholder="请选择品牌" />
    <//>
    <${Field} label="产地">
      <${Select} className="narrow" options=${COUNTRIES} value=${country?.value}
        onChange=${(_, option) => setCountry(option)} placeholder="请选择产地" />
    <//>`
}

// Its options come from the server, a moment after the last key.
function Searched() {
  const [brand, setBrand] = useHeld('供应商', null)
  const [found, setFound] = useState([])
  const timer = useRef(0)
  const question = useRef(0)

  function search(words) {
    clearTimeout(timer.current)
    timer.current = setTimeout(async () => {
      const mine = ++question.current
      const answer = await ask('options', { q: words })
      if (mine === question.current) setFound(answer.data)
    }, 200)
  }

  return html`
    <${Field} label="供应商">
      <${Select} className="narrow" showSearch filterOption=${false} onSearch=${search}
        options=${found.map((name) => ({ label: name, value: name }))} value=${brand}
        onChange=${setBrand} placeholder="请搜索供应商" />
    <//>`
}

function Many() {
  const [seasons, setSeasons] = useHeld('适用季节', [], labels)
  const [words, setWords] = useHeld('关键词', [])
  return html`
    <${Field} label="适用季节">
      <${Select} className="narrow" mode="multiple" optionFilterProp="label" options=${SEASONS}
        value=${seasons} labelInValue onChange=${(_, options) => setSeasons(options)} />
    <//>
    <${Field} label="关键词">
      <${Select} className="narrow" mode="tags" value=${words} onChange=${setWords} />
    <//>`
}

const leaf = (title) => ({ title, value: `v-${title}`, key: title })
const PEOPLE = [
  { ...leaf('成人'), children: [leaf('男'), leaf('女'), leaf('男女通用')] },
  { ...leaf('儿童'), children: [leaf('男童'), leaf('女童')] },
]

function Trees() {
  const [one, setOne] = useHeld('适用人群', null, (node) => node?.label)
  const [many, setMany] = useHeld('多选人群', [], labels)
  return html`
    <${Field} label="适用人群">
      <${TreeSelect} className="narrow" treeData=${PEOPLE} treeDefaultExpandAll labelInValue
        value=${one} onChange=${setOne} />
    <//>
    <${Field} label="多选人群">
      <${TreeSelect} className="narrow" treeData=${PEOPLE} treeCheckable labelInValue
        showSearch treeNodeFilterProp="title" value=${many} onChange=${setMany} />
    <//>`
}

const nodes = (below) => Object.entries(below).map(([name, deeper]) => {
  const children = nodes(deeper)
  return { label: name, value: `v-${name}`, ...(children.length && { children }) }
})
const REGIONS = nodes(PAGE.regions)
const path = (options) => (options || []).map((option) => option.label)

function Region({ label, ...how }) {
  const [chosen, setChosen] = useHeld(label, [], path)
  return html`
    <${Field} label=${label}>
      <${Cascader} className="narrow" options=${REGIONS} value=${chosen.map((one) => one.value)}
        onChange=${(_, options) => setChosen(options || [])} ...${how} />
    <//>`
}

// Each level comes from the server when the one before it is clicked.
function LazyRegion() {
  const root = Object.keys(PAGE.regions)
  const [options, setOptions] = useState(root.map((name) => ({ label: name, value: name, isLeaf: false })))
  const [chosen, setChosen] = useHeld('逐级地区', [])

  async function load(parents) {
    const answer = await ask('regions', { in: parents.map((one) => one.value).join('/') })
    parents.at(-1).children = answer.data.map(({ name, leaf: isLeaf }) =>
      ({ label: name, value: name, isLeaf }))
    setOptions((old) => [...old])
  }

  return html`
    <${Field} label="逐级地区">
      <${Cascader} className="narrow" options=${options} loadData=${load} value=${chosen}
        onChange=${(names) => setChosen(names || [])} />
    <//>`
}

function ManyRegions() {
  const seen = (paths) => paths.map(path)
  const [chosen, setChosen] = useHeld('多选地区', [], seen)
  return html`
    <${Field} label="多选地区">
      <${Cascader} className="narrow" multiple options=${REGIONS} showCheckedStrategy="SHOW_CHILD"
        value=${chosen.map((one) => one.map((option) => option.value))}
        onChange=${(_, paths) => setChosen(paths)} />
    <//>`
}

export const Choices = () => html`
  <${Singles} /><${Searched} /><${Many} /><${Trees} />
  <${Region} label="所在地区" showSearch />
  <${Region} label="悬停地区" expandTrigger="hover" />
  <${LazyRegion} /><${ManyRegions} />`
