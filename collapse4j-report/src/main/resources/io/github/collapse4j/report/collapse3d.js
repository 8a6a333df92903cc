"use strict";
/* The collapse in three dimensions: rows of the classifier as arrows, class means as balls, drawn by three.js. */
const Collapse3d = (() => {
  const UP = () => new THREE.Vector3(0, 1, 0);

  /** Scales vectors so that the longest in the last frame has a given length: λ_W/λ_H alone makes means longer than rows. */
  function scaled(frames, key, length) {
    const size = Math.max(...frames[frames.length - 1][key].map((v) => Math.hypot(...v)), 1e-12) / length;
    return frames.map((f) => f[key].map((v) => new THREE.Vector3(v[0] / size, v[1] / size, (v[2] || 0) / size)));
  }

  function arrow(material) {
    const shaft = new THREE.Mesh(new THREE.CylinderGeometry(0.016, 0.016, 1, 16), material);
    const head = new THREE.Mesh(new THREE.ConeGeometry(0.05, 0.14, 20), material);
    const group = new THREE.Group().add(shaft, head);
    return { group, point(v) {
      const length = v.length(), tip = Math.min(0.14, length);
      group.visible = length > 1e-4;
      if (!group.visible) return;
      group.quaternion.setFromUnitVectors(UP(), v.clone().normalize());
      shaft.scale.y = Math.max(length - tip, 1e-4);
      shaft.position.y = (length - tip) / 2;
      head.scale.setScalar(tip / 0.14);
      head.position.y = length - tip / 2;
    } };
  }

  /**
   * Draws into a host element. show(position) takes a frame number, which may be fractional; it throws nothing later,
   * but create throws if the browser has no WebGL.
   */
  function create(host, animation, description) {
    const { frames } = animation, classes = frames[0].classifier.length, last = frames.length - 1;
    const rows = scaled(frames, "classifier", 0.85), means = scaled(frames, "classMeans", 1);
    const extent = Math.max(...[...rows, ...means].flat().map((v) => v.length()));
    const scene = Scene3d.create(host, { description, extent, recolour }), { world } = scene;
    const outline = new THREE.LineBasicMaterial({ transparent: true, opacity: 0.55 });
    const edges = [];
    for (let i = 0; i < classes; i++) for (let j = 0; j < i; j++) edges.push(rows[last][i], rows[last][j]);
    world.add(new THREE.LineSegments(new THREE.BufferGeometry().setFromPoints(edges), outline));

    const members = rows[0].map((_, k) => {
      const material = new THREE.MeshLambertMaterial(), trace = new THREE.LineBasicMaterial({ transparent: true, opacity: 0.6 });
      const row = arrow(material), ball = new THREE.Mesh(new THREE.SphereGeometry(0.062, 28, 20), material), name = Scene3d.label(String(k));
      world.add(row.group, ball, name.sprite, new THREE.Line(new THREE.BufferGeometry().setFromPoints(means.map((m) => m[k])), trace));
      return { row, ball, name, material, trace };
    });

    let position = 0;
    function show(at) {
      position = at;
      const i = Math.min(Math.floor(at), last), j = Math.min(i + 1, last);
      members.forEach((m, k) => {
        const row = rows[i][k].clone().lerp(rows[j][k], at - i), mean = means[i][k].clone().lerp(means[j][k], at - i);
        m.row.point(row);
        m.ball.position.copy(mean);
        const far = mean.length() > row.length() ? mean : row;
        // at a saddle labels would lie on each other
        m.name.sprite.visible = far.length() > 0.15;
        m.name.sprite.position.copy(far).setLength(far.length() + 0.16);
      });
      scene.draw();
    }
    function recolour() {
      members.forEach((m, k) => {
        m.material.color.set(Charts.palette(k));
        m.trace.color.set(Charts.palette(k));
        m.name.paint(Page.colour("ink"));
      });
      outline.color.set(Page.colour("soft"));
    }
    scene.resize();
    scene.paint();
    show(0);
    return { show, canvas: scene.canvas, draw: scene.draw, position: () => position };
  }

  return { create };
})();
