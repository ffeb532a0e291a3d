// The product that is being filled in, held outside React: a part that changes draws only the
// fields that show it. Typing a price must not draw two hundred other rows again.

import { check } from './goods_check.js'

const { useSyncExternalStore } = window.React

export function productState(product) {
  const state = { product, schema: null, errors: {} }
  const listeners = new Set()
  let checking = false

  function changed() {
    if (checking) state.errors = check(state.product, state.schema)
    listeners.forEach((listener) => listener())
  }

  return {
    state,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    // set('title', 'T恤'), or with a function of the old value.
    set(part, value) {
      const next = typeof value === 'function' ? value(state.product[part]) : value
      state.product = { ...state.product, [part]: next }
      changed()
    },
    replace(next, schema = state.schema) {
      state.product = next
      state.schema = schema
      changed()
    },
    // From now on the marks follow the typing.
    findErrors() {
      checking = true
      changed()
      return state.errors
    },
  }
}

export const usePart = (form, part) =>
  useSyncExternalStore(form.subscribe, () => form.state.product[part])

export const useError = (form, label) =>
  useSyncExternalStore(form.subscribe, () => form.state.errors[label])

export const useSku = (form, id, part) =>
  useSyncExternalStore(form.subscribe, () => form.state.product.skus[id]?.[part])
