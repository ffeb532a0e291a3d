// What every widget holds by its own state, written into one element for tests to compare with.

import { PAGE, get, postFile, useEffect, useState } from '../kit.js'

const held = {}
const element = document.getElementById('truth')

export function hold(name, value) {
  held[name] = value ?? null
  element.textContent = JSON.stringify(held)
}

// Like useState, and everybody can see it.
export function useHeld(name, initial, seen = (value) => value) {
  const [value, setValue] = useState(initial)
  useEffect(() => hold(name, seen(initial)), [])
  function change(next) {
    hold(name, seen(next))
    setValue(next)
  }
  return [value, change]
}

// The things that happened, in order: what was clicked, saved, deleted.
export function note(name, what) {
  hold(name, [...(held[name] || []), what])
}

const HOME = '/_practice/gallery'

export const ask = (what, params) => get(`${HOME}/${what}`, { ...PAGE.pace, ...params })

export const give = (what, params, file) =>
  postFile(`${HOME}/${what}?${new URLSearchParams({ ...PAGE.pace, ...params })}`, file)

export const save = () => give('save', {})
