"use strict";
/* Samples as dots, class means as balls and the corners of the simplex ETF as wire rings, drawn by three.js. */
const MeasureScene = (() => {
  const LABELLED = 60, JOINED = 24;
  /** Labels closer than this, where the longest vector has length 1, would lie on each other. */
  const SAME = 0.04;

  function disc() {
    const canvas = document.createElement("canvas");
    canvas.width = canvas.height = 32;
    const pen = canvas.getContext("2d");
    pen.fillStyle = "#ffffff";
    pen.beginPath();
    pen.arc(16, 16, 15, 0, 7);
    pen.fill();
    return new THREE.CanvasTexture(canvas);
  }

  /** Names of classes that merged, in one label: 5–9, or the first few. */
  function together(names) {
    const last = names.length - 1, run = last > 1 && names.every((name, i) => Number.isInteger(name) && name === names[0] + i);
    return run ? names[0] + "–" + names[last] : names.slice(0, 3).join(", ") + (last > 2 ? ", …" : "");
  }

  /** Throws if the browser has no WebGL. */
  function create(host, { means, simplex, names, samples, state, colourOf, least = 0.9 }, description) {
    const unit = Math.max(...[...means, ...simplex].map((v) => Math.hypot(...v)), 1e-12);
    const vector = (v) => new THREE.Vector3(v[0] / unit, v[1] / unit, (v[2] || 0) / unit);
    const radii = samples.flat().map((v) => Math.hypot(...v) / unit).sort((a, b) => a - b);
    const extent = Math.max(least, radii.length ? 0.8 * radii[Math.floor(0.98 * (radii.length - 1))] : 0);
    const scene = Scene3d.create(host, { description, extent, recolour, zoomable: true }), { world } = scene;
    const geometry = (points) => new THREE.BufferGeometry().setFromPoints(points);
    const size = means.length > 100 ? 0.02 : means.length > 30 ? 0.035 : 0.052, dot = disc();
    const ball = new THREE.SphereGeometry(size, 24, 16), corner = new THREE.IcosahedronGeometry(1.15 * size, 1);

    const corners = simplex.map(vector), outline = new THREE.LineBasicMaterial({ transparent: true, opacity: corners.length > 6 ? 0.3 : 0.55 });
    const edges = [];
    if (corners.length <= JOINED) for (let i = 0; i < corners.length; i++) for (let j = 0; j < i; j++) edges.push(corners[i], corners[j]);
    const wire = new THREE.LineSegments(geometry(edges), outline);
    world.add(wire);

    const far = means.map((v, i) => [vector(v), ...(corners[i] ? [corners[i]] : [])].reduce((a, b) => (b.length() > a.length() ? b : a)));
    const places = far.map((v) => v.clone().multiplyScalar(1 + 0.13 / Math.max(v.length(), 0.13)));
    // the first class at a place has the label of all that are there
    const firsts = places.reduce((found, v, i) => { const at = places.findIndex((w) => w.distanceTo(v) < SAME); return [...found, at < i ? found[at] : i]; }, []);
    const labelOf = (i) => together(names.filter((_, j) => firsts[j] === i));

    const members = means.map((v, i) => {
      const at = vector(v), solid = new THREE.MeshLambertMaterial(), open = new THREE.MeshBasicMaterial({ wireframe: true, transparent: true, opacity: 0.8 });
      const thin = new THREE.LineBasicMaterial({ transparent: true, opacity: 0.75 }), cloud = new THREE.PointsMaterial({ size: 0.045, map: dot, alphaTest: 0.5, transparent: true, opacity: 0.75 });
      const mean = new THREE.Mesh(ball, solid), ideal = [], name = firsts[i] === i && new Set(firsts).size <= LABELLED ? Scene3d.label(labelOf(i)) : null;
      mean.position.copy(at);
      if (corners[i]) {
        const ring = new THREE.Mesh(corner, open);
        ring.position.copy(corners[i]);
        ideal.push(ring, new THREE.Line(geometry([at, corners[i]]), thin));
      }
      const dots = new THREE.Points(geometry(samples[i].map(vector)), cloud);
      world.add(mean, dots, ...ideal);
      if (name) {
        name.sprite.position.copy(places[i]);
        world.add(name.sprite);
      }
      return { mean, dots, ideal, name, materials: [solid, open, thin, cloud] };
    });

    function update() {
      wire.visible = state.simplex;
      members.forEach((m, i) => {
        const on = state.classes[i];
        m.mean.visible = on;
        m.dots.visible = on && state.samples;
        m.ideal.forEach((thing) => { thing.visible = on && state.simplex; });
        if (m.name) m.name.sprite.visible = state.classes.some((shown, j) => shown && firsts[j] === i);
      });
      scene.draw();
    }
    function recolour() {
      members.forEach((m, i) => {
        m.materials.forEach((material) => material.color.set(colourOf(i)));
        if (m.name) m.name.paint(Page.colour("ink"));
      });
      outline.color.set(Page.colour("soft"));
    }
    scene.resize();
    scene.paint();
    update();
    return { ...scene, update };
  }

  return { create };
})();
