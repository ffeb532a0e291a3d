// The table of 公用采集箱. Only the rows in sight exist; those that scroll away are used again for
// others, so that their order in the document says nothing.

import { computed } from 'vue'
import { RecycleScroller } from 'vue-virtual-scroller'
import { time, yuan } from './kit.js'

const COLUMNS = [
  ['产品信息', 'info'], ['任务', 'task'], ['货源平台', 'source'], ['货源价格', 'price'],
  ['库存/重量(KG)', 'stock'], ['状态', 'state'], ['创建者/创建时间/备注', 'made'],
  ['认领平台', 'claimed'], ['退货地址', 'returns'], ['操作', 'actions is-fixed-right'],
]
const STATES = {
  claimed: ['已认领', 'success'], noClaimed: ['未认领', 'info'], collectFail: ['采集失败', 'danger'],
}
const HEIGHTS = [119, 128] // px; of a row with one line of title, with two
const BLANK = { backgroundImage: 'none' }

const ItemRow = {
  props: ['row', 'checked'],
  emits: ['check', 'remove', 'relate', 'remark'],
  setup: () => ({ STATES, BLANK, time, yuan }),
  template: `
    <div class="pro-virtual-table__row-body">
      <div class="pro-virtual-table__row-cell info is-fixed-left">
        <el-checkbox class="pro-virtual-table__checkbox" :model-value="checked" @change="$emit('check')" />
        <span class="item-picture" :style="row.picture ? { backgroundImage: 'url(' + row.picture + ')' } : BLANK" />
        <div class="item-words">
          <div class="item-title" :title="row.title">{{ row.title }}</div>
          <a class="quiet-link">搜1688同款</a>
          <div class="quiet">采集箱产品ID：{{ row.id }}</div>
          <div v-if="row.merchantCode" class="quiet">主货号：{{ row.merchantCode }}</div>
          <div class="quiet">货源ID：{{ row.sourceId || '-' }}</div>
          <div class="quiet">货源：<a class="quiet-link">{{ row.sourceId ? row.source : '-' }}</a>
            <i class="J_setSourceList" title="添加货源链接">＋</i></div>
        </div>
      </div>
      <div class="pro-virtual-table__row-cell task">-</div>
      <div class="pro-virtual-table__row-cell source">{{ row.source }}</div>
      <div class="pro-virtual-table__row-cell price">{{ row.price ? '￥' + yuan(row.price) : '-' }}</div>
      <div class="pro-virtual-table__row-cell stock"><div>{{ row.stock }}</div><div class="quiet">-</div></div>
      <div class="pro-virtual-table__row-cell state">
        <el-tag size="small" :type="STATES[row.state][1]">{{ STATES[row.state][0] }}</el-tag></div>
      <div class="pro-virtual-table__row-cell made"><div>晨光主账号</div>
        <div class="quiet">{{ row.createTime ? time(row.createTime) : '-' }}</div>
        <div v-if="row.remark" class="item-remark">{{ row.remark }}</div></div>
      <div class="pro-virtual-table__row-cell claimed"><template v-if="row.productId">
        <div>抖店</div><div>{{ row.shopName }}</div>
        <div class="quiet">商品ID：{{ row.productId }}</div></template><template v-else>-</template></div>
      <div class="pro-virtual-table__row-cell returns">
        <span v-if="row.addressId" :title="row.addressLabel">{{ row.addressLabel }}</span>
        <span v-else class="quiet">未关联</span></div>
      <div class="pro-virtual-table__row-cell actions is-fixed-right">
        <el-button class="pro-button J_commonCollectBoxEdit" link type="primary" disabled>编辑</el-button>
        <el-button class="pro-button J_commonCollectBoxDelete" link type="primary"
          @click="$emit('remove')">删除</el-button>
        <el-button class="pro-button" link type="primary" disabled>认领到▾</el-button>
        <el-button class="pro-button J_commonCollectBoxRemark" link type="primary"
          @click="$emit('remark')">备注</el-button>
        <el-button class="pro-button J_commonCollectBoxReturnAddress" link type="primary"
          @click="$emit('relate')">关联退货地址</el-button>
      </div>
    </div>`,
}

export const ItemsTable = {
  components: { RecycleScroller, ItemRow },
  props: ['rows', 'loading', 'modelValue'],
  emits: ['update:modelValue', 'remove', 'relate', 'remark'],
  setup(props, { emit }) {
    const sized = computed(() =>
      props.rows.map((row) => ({ ...row, size: HEIGHTS[row.title.length > 12 ? 1 : 0] })))
    const every = computed(() =>
      props.rows.length > 0 && props.rows.every((row) => props.modelValue.includes(row.id)))
    const some = computed(() => props.modelValue.length > 0 && !every.value)
    const choose = (ids) => emit('update:modelValue', ids)
    const checkAll = () => choose(every.value ? [] : props.rows.map((row) => row.id))
    function check(id) {
      const others = props.modelValue.filter((one) => one !== id)
      choose(others.length < props.modelValue.length ? others : [...others, id])
    }
    return { COLUMNS, sized, every, some, checkAll, check }
  },
  template: `
    <div class="pro-virtual-table" v-loading="loading">
      <recycle-scroller :items="sized" key-field="id" :item-size="null" size-field="size" page-mode>
        <template #before>
          <div class="pro-virtual-table__header">
            <div v-for="([label, name], at) in COLUMNS" :key="label"
              :class="['pro-virtual-table__header-cell', name]">
              <el-checkbox v-if="at === 0" class="pro-virtual-table__checkbox" :model-value="every"
                :indeterminate="some" @change="checkAll" />{{ label }}</div>
          </div>
        </template>
        <template #default="{ item }">
          <div class="pro-virtual-scroll__row pro-virtual-table__row" :style="{ height: item.size + 'px' }"
            :class="{ 'is-tall': item.size > 119 }">
            <item-row :row="item" :checked="modelValue.includes(item.id)" @check="check(item.id)"
              @remove="$emit('remove', item.id)" @relate="$emit('relate', item.id)"
              @remark="$emit('remark', item)" />
          </div>
        </template>
        <template #after>
          <div v-if="!rows.length && !loading" class="pro-virtual-table__empty">暂无数据</div>
        </template>
      </recycle-scroller>
    </div>`,
}
